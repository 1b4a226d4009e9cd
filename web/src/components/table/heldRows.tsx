/** Rows that are being edited keep their place in the table while others change it. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

/** Holds something, and returns what lets it go. */
type Hold<Of extends unknown[]> = (...of: Of) => () => void;

const Around = createContext<Hold<[]> | null>(null);

/** Holds the row around what is here, if there is one, for as long as something is going on in it. */
export function useHolding(going: boolean): void {
  const hold = useContext(Around);
  useLayoutEffect(() => (going && hold ? hold() : undefined), [going, hold]);
}

interface RowProps {
  readonly id: string;
  readonly hold: Hold<[id: string]>;
  readonly children: ReactNode;
}

/** Stands around a row. */
export function Holdable({ id, hold, children }: RowProps) {
  return <Around value={useCallback(() => hold(id), [id, hold])}>{children}</Around>;
}

interface Held<Row> {
  readonly rows: readonly Row[];
  readonly hold: Hold<[id: string]>;
}

/** The rows of a table, with those that are held. */
export function useHeld<Row extends { id: string }>(fresh: readonly Row[]): Held<Row> {
  const [held, setHeld] = useState<readonly string[]>([]); // an id as often as it is held
  const shown = useRef(fresh);
  shown.current = withHeld(fresh, shown.current, new Set(held));
  const hold = useCallback((id: string) => {
    setHeld((known) => [...known, id]);
    return () => setHeld((known) => known.toSpliced(known.indexOf(id), 1));
  }, []);
  return { rows: shown.current, hold };
}

/** Those that are held stand where they stood; of one that would have gone what was known last. */
export function withHeld<Row extends { id: string }>(
  fresh: readonly Row[],
  shown: readonly Row[],
  held: ReadonlySet<string>,
): readonly Row[] {
  if (held.size === 0) return fresh;
  const rows = fresh.filter(({ id }) => !held.has(id));
  shown.forEach((row, place) => {
    if (!held.has(row.id)) return;
    rows.splice(place, 0, fresh.find(({ id }) => id === row.id) ?? row);
  });
  return rows;
}
