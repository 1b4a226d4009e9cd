/**
 * The greatest log position known to this page, from its own commands and from the live
 * subscription.
 *
 * Reads wait for it (transport/minPosition.ts). So a page reads its own writes, and refetches
 * whenever something may have changed.
 */
import { Store } from "./store";

/** Milliseconds between two advances by the live subscription. */
const CALM = 300;

export const position = new Store(0);

let told = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** After a command of this page: reads wait for that position from now on. */
export function advance(to: number | null | undefined): void {
  if (to != null && to > position.value) position.set(to);
}

/** For positions from the live subscription, throttled. */
export function hear(to: number): void {
  told = Math.max(told, to);
  if (waiting !== undefined) return;
  advance(told);
  waiting = setTimeout(() => {
    waiting = undefined;
    if (told > position.value) hear(told);
  }, CALM);
}
