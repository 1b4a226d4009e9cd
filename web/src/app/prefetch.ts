/** Loads what may be shown next, while there is nothing else to do: it is then there without a wait. */
import { parts } from "~/components/loading/lazyComponent";

/** Milliseconds that what one sees first has for itself. */
const CALM = 3000;

/** Where the browser does not tell when it is idle. */
const A_WHILE = 100;

/** Begins once all is calm; returns what ends it. Nothing is loaded for those who save data. */
export function prefetching(): () => void {
  if (savesData()) return () => undefined;
  let wanted = true;
  const timer = setTimeout(() => void prefetch(() => wanted), CALM);
  return () => {
    wanted = false;
    clearTimeout(timer);
  };
}

/** One after the other, each when there is nothing else to do, and those that came with one, too. */
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
