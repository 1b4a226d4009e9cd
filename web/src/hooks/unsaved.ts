/** Guards forms with unsaved changes against navigation. */
import { useLayoutEffect, useState } from "react";
import { Store } from "~/graph/store";

/** A form is lost with its page, or when anything but what is searched for changes the address. */
type LostWith = "page" | "address";

interface Form {
  readonly lostWith: LostWith;
  /** Whether it need not be kept just now. */
  free: boolean;
}

const forms = new Set<Form>();

/** What is done once somebody has agreed to lose what they typed; null while nobody is asked. */
export const asked = new Store<(() => void) | null>(null);

/** How often the address has changed in such a way that what is lost with it is lost. */
export const addresses = new Store(0);

/**
 * Keeps a form from being lost while it is dirty. Returns what does something that may lose it, once
 * it has been saved, say; if that leaves it as it is, it is kept as before.
 */
export function useUnsaved(dirty: boolean, lostWith: LostWith = "page"): (act: () => void) => void {
  const [form] = useState<Form>(() => ({ lostWith, free: false }));
  useLayoutEffect(() => {
    if (!dirty) return;
    forms.add(form);
    addEventListener("beforeunload", warn);
    return () => forget(form);
  }, [dirty, form]);
  return (act) => {
    form.free = true;
    try {
      act();
    } finally {
      form.free = false;
    }
  };
}

export function isUnsaved(): boolean {
  return [...forms].some(({ free }) => !free);
}

/** Does something that discards all forms; with unsaved changes only after confirmation. */
export function leaving(act: () => void): void {
  if (!isUnsaved()) act();
  else asked.set(act);
}

/** Whether a form would be lost on the way from one address to another. */
export function isLostBetween(from: URL, to: URL, replace = false): boolean {
  if (isSame(from, to)) return false;
  const closes = from.searchParams.has("edit") && !to.searchParams.has("edit");
  const leaves = from.pathname !== to.pathname || closes;
  return [...forms].some(
    ({ lostWith, free }) => !free && (leaves || (lostWith === "address" && !replace)),
  );
}

/** To be told of each way from one address to another. */
export function gone(from: URL, to: URL, replace = false): void {
  if (!replace && !isSame(from, to)) addresses.set(addresses.value + 1);
}

/** But for the part of the page. */
function isSame(one: URL, other: URL): boolean {
  return one.pathname + one.search === other.pathname + other.search;
}

function forget(form: Form): void {
  forms.delete(form);
  if (forms.size === 0) removeEventListener("beforeunload", warn);
}

/** The browser then asks in its own words. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
