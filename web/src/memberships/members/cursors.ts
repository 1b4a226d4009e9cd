/** The cursor of each page of a long list; known once the page before it is loaded. */
import { useCallback, useState } from "react";

/** What the first page comes after: nothing. */
const START = [undefined] as const;

export type Cursors = readonly (string | undefined)[];

/** The cursors once a page has told where it ends; null when it is the last. */
export function reached(cursors: Cursors, page: number, end: string | null): Cursors {
  if (end === null || cursors[page + 1] === end || page >= cursors.length) return cursors;
  return [...cursors.slice(0, page + 1), end, ...cursors.slice(page + 2)];
}

/** The page to ask for a row: its own, or the last that is known so far, which leads there. */
export function pageOf(row: number, size: number, cursors: Cursors): number {
  return Math.min(Math.floor(row / size), cursors.length - 1);
}

/** The cursors of a list; another list, by its name, begins anew. */
export function useCursors(list: string): [Cursors, (page: number, end: string | null) => void] {
  const [known, setKnown] = useState<{ list: string; cursors: Cursors }>({ list, cursors: START });
  const cursors = known.list === list ? known.cursors : START;
  const reach = useCallback(
    (page: number, end: string | null) =>
      setKnown((before) => {
        const next = reached(before.list === list ? before.cursors : START, page, end);
        return next === before.cursors ? before : { list, cursors: next };
      }),
    [list],
  );
  return [cursors, reach];
}
