/** Pages of lists that are shown newest first, of connections that run oldest first. */
import type { Window } from "~/components/table/paging";

export function newestFirst(get: (name: string) => string | null, size: number): Window {
  const [before, after] = [get("before"), get("after")];
  if (before) return { last: size, before };
  return after ? { first: size, after } : { last: size };
}

/** Whether an address is that of the newest page. */
export function isNewest(get: (name: string) => string | null): boolean {
  return !get("before") && !get("after");
}
