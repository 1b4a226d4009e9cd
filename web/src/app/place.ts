/**
 * The router's location. Back and Forward change the address before one can be asked about unsaved
 * changes: the address is restored, and the page stays, until one agrees to discard them.
 */
import { useSyncExternalStore } from "react";
import { Store } from "~/graph/store";
import { asked, gone, isLostBetween } from "~/hooks/unsaved";

interface Options {
  readonly replace?: boolean;
}

const place = new Store(here());
/** The index in the history: tells Back from Forward, and how far. */
let step = stepOf(history.state) ?? 0;
/** The history index to which one has agreed to go. */
let agreed: number | null = null;

history.replaceState({ step }, "");
addEventListener("popstate", moved);

export function usePath(): [string, typeof navigate] {
  return [useSyncExternalStore(place.watch, () => place.value.pathname), navigate];
}

export function useSearch(): string {
  return useSyncExternalStore(place.watch, () => place.value.search);
}

export function navigate(to: string, { replace = false }: Options = {}): void {
  if (isLostBetween(place.value, new URL(to, location.href), replace))
    asked.set(() => go(to, replace));
  else go(to, replace);
}

function go(to: string, replace: boolean): void {
  if (!replace) {
    step += 1;
    agreed = null; // what lay ahead is there no more
  }
  history[replace ? "replaceState" : "pushState"]({ step }, "", to);
  arrive(replace);
}

function moved({ state }: PopStateEvent): void {
  const to = stepOf(state) ?? step + 1; // a link to a part of the page is a step that has no state
  if (to !== agreed && isLostBetween(place.value, here())) {
    goBack(to);
    return;
  }
  if (stepOf(state) !== to) history.replaceState({ step: to }, "");
  if (to === agreed) agreed = null;
  step = to;
  arrive();
}

/** Returns to the previous location, and goes on once one agrees. */
function goBack(to: number): void {
  const steps = to - step;
  history.go(-steps);
  asked.set(() => {
    agreed = to;
    history.go(steps);
  });
}

function arrive(replace = false): void {
  const from = place.value;
  place.set(here());
  gone(from, place.value, replace);
}

function here(): URL {
  return new URL(location.href);
}

function stepOf(state: unknown): number | undefined {
  return (state as { step?: number } | null)?.step;
}
