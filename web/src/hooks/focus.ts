/** Moves the focus on when the focused element is removed. */

import { useEffect, useRef } from "react";

/** Something to have the focus, and where it is: once it has gone, it cannot be asked any more. */
export interface Spot {
  readonly target: HTMLElement;
  readonly table: HTMLTableElement | null;
  /** Of its row in the table. */
  readonly index: number;
}

export function spotOf(target: HTMLElement): Spot {
  const row = target.closest("tr");
  return { target, table: row?.closest("table") ?? null, index: row?.rowIndex ?? 0 };
}

/**
 * Puts the focus on something, and near it once that has gone: into the row that then stands in the
 * place of its own, else to what `instead` finds, else to the name of the page.
 */
export function focusOn(spot: Spot, instead: () => HTMLElement | null = () => null): void {
  const { target } = spot;
  const { table, index } = target.isConnected ? spotOf(target) : spot;
  const near = () => inRow(table, index) ?? instead() ?? heading();
  if (!target.isConnected) {
    near()?.focus();
    return;
  }
  target.focus();
  const observer = new MutationObserver(() => {
    if (target.isConnected) return;
    end();
    if (isNowhere()) near()?.focus();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", end); // somebody has gone on

  function end(): void {
    observer.disconnect();
    document.removeEventListener("focusin", end);
  }
}

/** What had the focus last. A button that is off while something is sent does not have it any more. */
let last: HTMLElement | null = null;

document.addEventListener("focusin", ({ target }) => {
  last = target as HTMLElement;
});

/** What opened something, if it is known: of a menu, which has gone by then, its button. */
export function opener(): HTMLElement | null {
  if (isNowhere()) return last?.isConnected ? last : null;
  const { activeElement } = document;
  const menu = activeElement?.closest("[role=menu]");
  const button = menu && document.getElementById(menu.getAttribute("aria-labelledby") ?? "");
  return button ?? (activeElement as HTMLElement);
}

/** Restores the focus of a button that was disabled during a request. */
export function useFocusKept(sending: boolean): void {
  const was = useRef(sending);
  useEffect(() => {
    if (was.current && !sending && isNowhere() && last?.isConnected) last.focus();
    was.current = sending;
  }, [sending]);
}

export function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** Something on a bar that is about to go: the first field of what the bar stands in comes next. */
export function focusBeside(bar: HTMLElement, target: HTMLElement): void {
  const around = bar.parentElement;
  focusOn(spotOf(target), () => around?.querySelector("input") ?? null);
}

export function heading(): HTMLElement | null {
  return document.querySelector("h1");
}

function inRow(table: HTMLTableElement | null, index: number): HTMLElement | null {
  if (!table?.isConnected) return null;
  const row = table.rows[Math.min(index, table.rows.length - 1)];
  return row?.querySelector("a[href], button") ?? null;
}
