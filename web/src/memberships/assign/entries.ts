/** Parses pasted lists of users, and finds the entries that the service refused. */

import type { Refusal } from "~/graph/useCommand";
import type { Named } from "~/memberships/mutations";

/** What people can be named by, as the API calls the lists of them. */
export const WAYS = ["usernames", "emails", "codes"] as const;
export type Way = (typeof WAYS)[number];

/** The most that one call takes. */
export const MAX_PASTED = 100_000;

export interface Mistaken {
  readonly entry: string;
  readonly message: string;
}

/** One entry a line, or separated by commas, semicolons or tabs as a spreadsheet has them. */
export function entriesIn(pasted: string): string[] {
  return pasted
    .split(/[\r\n,;\t]+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** Entries as the API takes them. */
export function namedBy(way: Way, entries: string[]): Named {
  if (way === "emails") return { emails: entries };
  return way === "codes" ? { codes: entries } : { usernames: entries };
}

/** The entries that refusals speak of by their place, such as ["users", "usernames", "3"]. */
export function mistakenIn(entries: readonly string[], refusals: readonly Refusal[]): Mistaken[] {
  const found = new Map<string, string>();
  for (const { path, message } of refusals) {
    const entry = path[2] === undefined ? undefined : entries[Number(path[2])];
    if (entry !== undefined && !found.has(entry)) found.set(entry, message);
  }
  return [...found].map(([entry, message]) => ({ entry, message }));
}

/** What is left to paste, one a line, without some. */
export function without(entries: readonly string[], mistaken: readonly Mistaken[]): string {
  const gone = new Set(mistaken.map(({ entry }) => entry));
  return entries.filter((entry) => !gone.has(entry)).join("\n");
}
