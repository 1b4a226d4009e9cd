import { expect, test } from "vitest";
import { sha256, toBase64 } from "~/audit/proofs/bytes";
import { type Claim, judge } from "~/audit/proofs/inclusion";
import { leafHash } from "~/audit/proofs/merkle";
import { readNote } from "~/audit/proofs/note";

const EVENT_FACT = { position: 7, type: "segment.created" };
const EVENT = new TextEncoder().encode(
  '{"data":{},"position":7,"tags":[],"type":"segment.created"}',
);

function note(size: number, root: string, position = 7): string {
  return `user-segments.local/log\n${size}\n${root}\nposition ${position}\n\n— user-segments.local/log AAAA\n`;
}

/** A log of two events, of which ours is the second. */
async function claim(change: Partial<Claim> = {}): Promise<Claim> {
  const [other, own] = [await sha256(), await leafHash(EVENT)];
  const root = toBase64(await sha256(Uint8Array.of(1), other, own));
  return {
    leafIndex: 1,
    treeSize: 2,
    leafHash: toBase64(own),
    hashes: [toBase64(other)],
    checkpoint: { note: note(2, root) },
    ...change,
  };
}

const judged = async (change: Partial<Claim> = {}, event = EVENT_FACT) =>
  (await judge(event, toBase64(EVENT), await claim(change))).problems;

test("a fact whose bytes lead to the signed root is proven", async () => {
  expect(await judged()).toEqual([]);
});

test("bytes of another fact prove nothing about this one", async () => {
  expect(await judged({}, { ...EVENT_FACT, position: 8 })).toEqual(["bytes"]);
  expect(await judged({}, { ...EVENT_FACT, type: "segment.deleted" })).toEqual(["bytes"]);
});

test("another hash than the claimed one is told", async () => {
  expect(await judged({ leafHash: toBase64(await sha256()) })).toEqual(["leaf"]);
});

test("a path to another root, a place that is wrong and a note that is none are told", async () => {
  expect(await judged({ hashes: [toBase64(await leafHash(EVENT))] })).toEqual(["root"]);
  expect(await judged({ leafIndex: 0 })).toEqual(["root"]);
  expect(await judged({ checkpoint: { note: "nothing" } })).toEqual(["root", "size"]);
});

test("a note over another number of events is told", async () => {
  const root = readNote((await claim()).checkpoint.note)?.root;
  const checkpoint = { note: note(3, toBase64(root as Uint8Array<ArrayBuffer>)) };
  expect(await judged({ checkpoint })).toEqual(["size"]);
});

test.each([
  "",
  "user-segments.local/log\n2\nAAAA\nposition 7\n",
  "user-segments.local/log\n-2\nAAAA\nposition 7\n\n— a b\n",
  "user-segments.local/log\n2\n!\nposition 7\n\n— a b\n",
  "user-segments.local/log\n2\nAAAA\nposition x\n\n— a b\n",
  "user-segments.local/log\n2\nAAAA\nposition 7\nmore\n\n— a b\n",
])("%j is not a checkpoint", (text) => {
  expect(readNote(text)).toBeNull();
});

test("a checkpoint tells its log, size, root and position", () => {
  expect(readNote(note(46, "AAEC", 51))).toEqual({
    origin: "user-segments.local/log",
    size: 46,
    root: Uint8Array.of(0, 1, 2),
    position: 51,
  });
});
