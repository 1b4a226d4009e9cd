/** Cursor paging by variables of the address. */
import type { Change } from "~/hooks/useUrl";

export const PAGE = 25;

export interface Window {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
}

/** The page that an address names. */
export function windowOf(get: (name: string) => string | null, size = PAGE): Window {
  const after = get("after");
  const before = get("before");
  if (before) return { last: size, before };
  return after ? { first: size, after } : { first: size };
}

/** Resets the page; goes with every change of filter or order. */
export const FROM_THE_START: Change = { after: null, before: null };
