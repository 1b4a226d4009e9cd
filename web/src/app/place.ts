/**
 * Where one is on the site, for the router. Back and Forward have changed the address before anybody
 * is asked: it is put back, and what is shown stays, until one agrees to lose what was typed.
 */
import { useSyncExternalStore } from "react";
import { Store } from "~/graph/store";
import { asked, gone, isLostBetween } from "~/hooks/unsaved";

interface Options {
  readonly replace?: boolean;
}

const place = new Store(here());
/** How many steps into the history this is: tells Back from Forward, and how far it went. */
let step = stepOf(history.state) ?? 0;
/** The step to which somebody has agreed to go. */
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

/** To where one was, and on again when one agrees: to that step and, if it is not there, to none. */
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
