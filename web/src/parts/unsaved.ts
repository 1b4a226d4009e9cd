/** What somebody has typed and not saved yet: it is not lost without a word. */
import { useLayoutEffect, useRef } from "react";
import { Store } from "~/graph/store";

/** A form is lost with its page, or when anything but what is searched for changes the address. */
type LostWith = "page" | "address";

const forms = new Map<object, LostWith>();

/** What is done once somebody has agreed to lose what they typed; null while nobody is asked. */
export const asked = new Store<(() => void) | null>(null);

/** Keeps a form from being lost while it is dirty. Returns what says that it need not be kept. */
export function useUnsaved(dirty: boolean, lostWith: LostWith = "page"): () => void {
  const form = useRef({}).current;
  useLayoutEffect(() => {
    if (!dirty) return;
    forms.set(form, lostWith);
    addEventListener("beforeunload", warn);
    return () => forget(form);
  }, [dirty, form, lostWith]);
  return () => forget(form);
}

export function isUnsaved(): boolean {
  return forms.size > 0;
}

/** Does something that loses all forms, at once or once somebody has agreed. */
export function leaving(act: () => void): void {
  if (!isUnsaved()) act();
  else asked.set(act);
}

/** Whether a form would be lost on the way from one address to another. */
export function isLostBetween(from: URL, to: URL, replace = false): boolean {
  if (from.pathname + from.search === to.pathname + to.search) return false;
  const closes = from.searchParams.has("edit") && !to.searchParams.has("edit");
  const leaves = from.pathname !== to.pathname || closes;
  return [...forms.values()].some((lostWith) => leaves || (lostWith === "address" && !replace));
}

function forget(form: object): void {
  forms.delete(form);
  if (forms.size === 0) removeEventListener("beforeunload", warn);
}

/** The browser then asks in its own words. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
