/** State in the address: filters, order, page and moment can be shared as a link. */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";

export type Change = Record<string, string | null>;

export interface Url {
  readonly get: (name: string) => string | null;
  /** Changes some, and drops those set to null; with `replace` no step for the Back button. */
  readonly set: (change: Change, options?: { replace?: boolean }) => void;
}

export function useUrl(): Url {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (change: Change, options: { replace?: boolean } = {}) =>
      setParams((known) => changed(known, change), options),
    [setParams],
  );
  return useMemo(() => ({ get: (name) => params.get(name), set }), [params, set]);
}

export function changed(known: URLSearchParams, change: Change): URLSearchParams {
  const next = new URLSearchParams(known);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  }
  return next;
}
