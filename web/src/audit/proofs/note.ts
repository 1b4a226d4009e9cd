/** Checkpoints as they are signed: C2SP tlog-checkpoint notes. */
import { fromBase64 } from "./bytes";
import type { Tree } from "./merkle";

export interface Signed extends Tree {
  readonly origin: string;
  readonly position: number;
}

/** What a note states; null when it is none. Whose signature it is, the offline verifier checks. */
export function readNote(note: string): Signed | null {
  const [body = "", signatures] = note.split("\n\n");
  const [origin, size, root, position, ...more] = body.split("\n");
  if (!signatures?.startsWith("— ") || more.length > 0) return null;
  if (!origin || !root || !/^\d+$/.test(size ?? "") || !/^position \d+$/.test(position ?? ""))
    return null;
  try {
    const at = Number(position?.slice("position ".length));
    return { origin, size: Number(size), root: fromBase64(root), position: at };
  } catch {
    return null;
  }
}
