/** Verifies that an event is in the log of a checkpoint, from its bytes up. */
import { fromBase64, toBase64 } from "./bytes";
import { leafHash, rootFrom, same } from "./merkle";
import { readNote } from "./note";

export interface Claim {
  readonly leafIndex: number;
  readonly treeSize: number;
  readonly leafHash: string;
  readonly hashes: readonly string[];
  readonly checkpoint: { readonly note: string };
}

export interface Judgment {
  /** What does not hold; none when all does. */
  readonly problems: readonly Problem[];
  /** The recorded bytes as text. */
  readonly recorded: string;
  readonly leaf: string;
  /** The root that was worked out here; null when the path leads nowhere. */
  readonly root: string | null;
  /** The root in the signed note; null when it is no note. */
  readonly signed: string | null;
}

/** `bytes`: those of another event. `leaf`, `root`, `size`: not what was claimed or signed. */
export type Problem = "bytes" | "leaf" | "root" | "size";

export interface ProvenEvent {
  readonly position: number;
  readonly type: string;
}

export async function judge(event: ProvenEvent, leaf: string, claim: Claim): Promise<Judgment> {
  const bytes = fromBase64(leaf);
  const recorded = new TextDecoder().decode(bytes);
  const hashed = await leafHash(bytes);
  const path = claim.hashes.map(fromBase64);
  const root = await rootFrom(hashed, claim.leafIndex, claim.treeSize, path);
  const signed = readNote(claim.checkpoint.note);
  const problems: Problem[] = [];
  if (!tellsOf(event, recorded)) problems.push("bytes");
  if (toBase64(hashed) !== claim.leafHash) problems.push("leaf");
  if (!root || !signed || !same(root, signed.root)) problems.push("root");
  if (signed?.size !== claim.treeSize) problems.push("size");
  return {
    problems,
    recorded,
    leaf: toBase64(hashed),
    root: root && toBase64(root),
    signed: signed && toBase64(signed.root),
  };
}

function tellsOf({ position, type }: ProvenEvent, recorded: string): boolean {
  try {
    const told = JSON.parse(recorded) as ProvenEvent;
    return told.position === position && told.type === type;
  } catch {
    return false;
  }
}
