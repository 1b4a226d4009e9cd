/** The checkpoint saved in this browser, and its consistency with the current log. */
import { fromBase64 } from "./bytes";
import { isConsistent } from "./merkle";
import { readNote } from "./note";

const STORAGE_KEY = "segments.checkpoint";

export interface SavedCheckpoint {
  readonly note: string;
  /** When it was seen here. */
  readonly at: string;
}

export function savedCheckpoint(): SavedCheckpoint | null {
  const text = localStorage.getItem(STORAGE_KEY);
  return text ? (JSON.parse(text) as SavedCheckpoint) : null;
}

export function saveCheckpoint(note: string): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify({ note, at: new Date().toISOString() }));
}

/** `first`: nothing was kept. `unreadable`: one of the two is no note. */
export type Comparison = "first" | "consistent" | "same" | "broken" | "shorter" | "unreadable";

/** `prove` asks for the consistency proof between two sizes. */
export async function compare(
  earlier: string | undefined,
  later: string,
  prove: (from: number, to: number) => Promise<readonly string[]>,
): Promise<Comparison> {
  const now = readNote(later);
  if (!now) return "unreadable";
  if (earlier === undefined) return "first";
  const then = readNote(earlier);
  if (!then) return "unreadable";
  if (then.size > now.size) return "shorter";
  const proof = then.size === now.size ? [] : await prove(then.size, now.size);
  if (then.origin !== now.origin) return "broken";
  if (!(await isConsistent(then, now, proof.map(fromBase64)))) return "broken";
  return then.size === now.size ? "same" : "consistent";
}
