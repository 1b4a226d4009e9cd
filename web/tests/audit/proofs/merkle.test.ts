import { describe, expect, test } from "vitest";
import { type Bytes, fromBase64, sha256, toBase64 } from "~/audit/proofs/bytes";
import { isConsistent, leafHash, rootFrom, type Tree } from "~/audit/proofs/merkle";
import vectors from "../vectors.json";

const tree = (size: number): Tree => ({
  size,
  root: fromBase64(vectors.roots[size - 1] as string),
});
const leafAt = (index: number) => leafHash(fromBase64(vectors.leaves[index] as string));
const bytes = (texts: readonly string[]): Bytes[] => texts.map(fromBase64);

/** The same hash but for one bit. */
function flipped(hash: Bytes): Bytes {
  const other = hash.slice();
  other[0] = (other[0] as number) ^ 1;
  return other;
}

describe("an audit path", () => {
  test.each(vectors.inclusion)("of leaf $index of $size leads to the root", async (vector) => {
    const leaf = await leafAt(vector.index);
    const root = await rootFrom(leaf, vector.index, vector.size, bytes(vector.path));
    expect(root && toBase64(root)).toBe(vectors.roots[vector.size - 1]);
  });

  test.each(vectors.inclusion)(
    "of leaf $index of $size, with any bit other, leads elsewhere",
    async (vector) => {
      const leaf = await leafAt(vector.index);
      const path = bytes(vector.path);
      const bad = [
        rootFrom(flipped(leaf), vector.index, vector.size, path),
        ...path.map((_, at) =>
          rootFrom(leaf, vector.index, vector.size, path.with(at, flipped(path[at] as Bytes))),
        ),
      ];
      for (const root of await Promise.all(bad))
        expect(root && toBase64(root)).not.toBe(vectors.roots[vector.size - 1]);
    },
  );

  test("that is too short, too long or of a leaf that cannot be leads nowhere", async () => {
    const leaf = await leafAt(2);
    const path = bytes(
      vectors.inclusion.find(({ size, index }) => size === 5 && index === 2)?.path ?? [],
    );
    expect(path).toHaveLength(3);
    expect(await rootFrom(leaf, 2, 5, path.slice(1))).toBeNull();
    expect(await rootFrom(leaf, 2, 5, [...path, leaf])).toBeNull();
    expect(await rootFrom(leaf, 5, 5, path)).toBeNull();
    expect(await rootFrom(leaf, -1, 5, path)).toBeNull();
  });

  test("holds in a log of more than 2^32 events", async () => {
    const [before, leaf] = [await leafAt(0), await leafAt(1)];
    const root = await sha256(Uint8Array.of(1), before, leaf);
    const found = await rootFrom(leaf, 2 ** 33, 2 ** 33 + 1, [before]);
    expect(found && toBase64(found)).toBe(toBase64(root));
    const trees = [
      { size: 2 ** 33, root: before },
      { size: 2 ** 33 + 1, root },
    ] as const;
    expect(await isConsistent(...trees, [leaf])).toBe(true);
  });
});

describe("a consistency proof", () => {
  test.each(vectors.consistency)("from $from to $to holds", async ({ from, to, proof }) => {
    expect(await isConsistent(tree(from), tree(to), bytes(proof))).toBe(true);
  });

  test.each(vectors.consistency)(
    "from $from to $to does not hold for other roots",
    async ({ from, to, proof }) => {
      const [earlier, later] = [tree(from), tree(to)];
      const other = (one: Tree) => ({ ...one, root: flipped(one.root) });
      expect(await isConsistent(other(earlier), later, bytes(proof))).toBe(false);
      expect(await isConsistent(earlier, other(later), bytes(proof))).toBe(false);
    },
  );

  test("does not hold backwards, cut off or drawn out", async () => {
    const proof = bytes(
      vectors.consistency.find(({ from, to }) => from === 3 && to === 7)?.proof ?? [],
    );
    expect(proof.length).toBeGreaterThan(1);
    expect(await isConsistent(tree(7), tree(3), proof)).toBe(false);
    expect(await isConsistent(tree(3), tree(7), proof.slice(1))).toBe(false);
    expect(await isConsistent(tree(3), tree(7), [])).toBe(false);
    expect(await isConsistent(tree(3), tree(7), [...proof, tree(1).root])).toBe(false);
  });

  test("of nothing holds with nothing", async () => {
    const empty = { size: 0, root: await sha256() };
    expect(await isConsistent(empty, tree(3), [])).toBe(true);
    expect(await isConsistent(empty, tree(3), [tree(1).root])).toBe(false);
  });
});
