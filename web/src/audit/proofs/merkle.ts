/**
 * Proofs over the log's Merkle tree, checked here and not by the service (RFC 6962, section 2.1; the
 * steps are those of RFC 9162, 2.1.3.2 and 2.1.4.2). Sizes may be beyond 2^31: no bit operators.
 */
import { type Bytes, sha256, toBase64 } from "./bytes";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (event: Bytes): Promise<Bytes> => sha256(LEAF, event);
const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(NODE, left, right);

const half = (size: number): number => Math.floor(size / 2);
const isOdd = (size: number): boolean => size % 2 === 1;

/** The place of a subtree in its row, and that of the row's last one. */
class Place {
  constructor(
    private node: number,
    private last: number,
  ) {}

  get atTheTop(): boolean {
    return this.last === 0;
  }

  /** Whether what a path tells next stands before it, not after. */
  get isRight(): boolean {
    return isOdd(this.node) || this.node === this.last;
  }

  up(): void {
    this.node = half(this.node);
    this.last = half(this.last);
  }

  /** Past the rows in which it stands alone at the end. */
  upWhileAlone(): void {
    while (!isOdd(this.node) && this.node !== 0) this.up();
  }

  upWhileRight(): void {
    while (isOdd(this.node)) this.up();
  }
}

/** The root to which a leaf and its audit path lead; null when the path is not one of that place. */
export async function rootFrom(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
): Promise<Bytes | null> {
  if (index < 0 || index >= size) return null;
  const place = new Place(index, size - 1);
  let root = leaf;
  for (const hashed of path) {
    if (place.atTheTop) return null;
    if (place.isRight) {
      root = await nodeHash(hashed, root);
      place.upWhileAlone();
    } else root = await nodeHash(root, hashed);
    place.up();
  }
  return place.atTheTop ? root : null;
}

export interface Tree {
  readonly size: number;
  readonly root: Bytes;
}

/** Whether a proof shows that the smaller tree begins the larger one. */
export async function isConsistent(
  earlier: Tree,
  later: Tree,
  proof: readonly Bytes[],
): Promise<boolean> {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && same(earlier.root, later.root);
  if (earlier.size === 0) return proof.length === 0;
  const [first, ...path] = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  if (!first) return false;
  const place = new Place(earlier.size - 1, later.size - 1);
  place.upWhileRight();
  let [before, after] = [first, first];
  for (const hashed of path) {
    if (place.atTheTop) return false;
    if (place.isRight) {
      [before, after] = [await nodeHash(hashed, before), await nodeHash(hashed, after)];
      place.upWhileAlone();
    } else after = await nodeHash(after, hashed);
    place.up();
  }
  return place.atTheTop && same(before, earlier.root) && same(after, later.root);
}

export function same(one: Bytes, other: Bytes): boolean {
  return toBase64(one) === toBase64(other);
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
}
