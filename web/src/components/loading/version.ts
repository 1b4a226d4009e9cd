/** Detects that the service serves another version of the console than the running one. */
import { isUnsaved } from "~/hooks/unsaved";

/** Why a file could not be had: the service is away, has another version, or neither. */
export type Why = "away" | "stale" | "same";

const STORAGE_KEY = "segments.reloaded";

let asking: Promise<Why> | undefined;

/** Asks the service, once for all who want to know at the same time. */
export function whyNotLoaded(): Promise<Why> {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

async function ask(): Promise<Why> {
  try {
    const headers = { Accept: "text/html" };
    const answer = await fetch("/", { headers, cache: "no-store" });
    if (!answer.ok) return "away";
    return (await answer.text()).includes(running()) ? "same" : "stale";
  } catch {
    return "away";
  }
}

/** The script that began this page: its name is another one in each version. */
function running(): string {
  return document.querySelector("script[type=module][src]")?.getAttribute("src") ?? "";
}

/**
 * For another version: once, whatever comes of it, and not over what somebody has typed. Returns
 * whether it is under way.
 */
export function reloadOnce(): boolean {
  const from = running();
  if (isUnsaved() || sessionStorage.getItem(STORAGE_KEY) === from) return false;
  sessionStorage.setItem(STORAGE_KEY, from);
  location.reload();
  return true;
}
