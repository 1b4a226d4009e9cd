/**
 * The greatest position of the log that this page knows of: from its own commands, and live.
 *
 * Every read asks for it as `minPosition`. So a page sees what it did itself, and asks again for
 * what it shows whenever something anywhere may have changed: one mechanism for both.
 */
import { Store } from "./store";

/** Milliseconds between two reactions to what others do: many events at once are one. */
const CALM = 300;

export const position = new Store(0);

let told = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** For what this page has done: reads see it from now on. */
export function advance(to: number | null | undefined): void {
  if (to != null && to > position.value) position.set(to);
}

/** For what is heard live: at once, but not more often than every few hundred milliseconds. */
export function hear(to: number): void {
  told = Math.max(told, to);
  if (waiting !== undefined) return;
  advance(told);
  waiting = setTimeout(() => {
    waiting = undefined;
    if (told > position.value) hear(told);
  }, CALM);
}
