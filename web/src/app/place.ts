/**
 * Where one is on the site, for the router. Back and Forward have changed the address before anybody
 * is asked: it is put back, and what is shown stays, until one agrees to lose what was typed.
 */
import { useSyncExternalStore } from "react";
import { Store } from "~/graph/store";
import { asked, isLostBetween } from "~/parts/unsaved";

interface Options {
  readonly replace?: boolean;
}

const place = new Store(here());
/** How many steps into the history this is: tells Back from Forward, and how far it went. */
let step = stepOf(history.state) ?? 0;
let agreed = false;

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
  if (!replace) step += 1;
  history[replace ? "replaceState" : "pushState"]({ step }, "", to);
  place.set(here());
}

function moved({ state }: PopStateEvent): void {
  const to = stepOf(state) ?? step + 1; // a link to a part of the page is a step that has no state
  if (!agreed && isLostBetween(place.value, here())) {
    goBack(to - step);
    return;
  }
  if (stepOf(state) !== to) history.replaceState({ step: to }, "");
  agreed = false;
  step = to;
  place.set(here());
}

/** To where one was, and on again when one agrees. */
function goBack(steps: number): void {
  history.go(-steps);
  asked.set(() => {
    agreed = true;
    history.go(steps);
  });
}

function here(): URL {
  return new URL(location.href);
}

function stepOf(state: unknown): number | undefined {
  return (state as { step?: number } | null)?.step;
}
