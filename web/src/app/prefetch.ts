/** Prefetches lazy components while the browser is idle. */
import { parts } from "~/components/loading/lazyComponent";

/** Milliseconds before prefetching starts, so that the first page loads undisturbed. */
const CALM = 3000;

/** Delay in milliseconds where requestIdleCallback is missing. */
const A_WHILE = 100;

/**
 * Starts prefetching and returns a function that stops it. Does nothing when the browser saves
 * data.
 */
export function prefetching(): () => void {
  if (savesData()) return () => undefined;
  let wanted = true;
  const timer = setTimeout(() => void prefetch(() => wanted), CALM);
  return () => {
    wanted = false;
    clearTimeout(timer);
  };
}

/** One component per idle period, including those that a loaded one registers. */
export async function prefetch(
  wanted: () => boolean,
  idle: () => Promise<void> = untilIdle,
): Promise<void> {
  for (const part of parts) {
    await idle();
    if (!wanted()) return;
    await part.begin();
  }
}

function untilIdle(): Promise<void> {
  return new Promise((go) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => go());
    else setTimeout(go, A_WHILE);
  });
}

function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
