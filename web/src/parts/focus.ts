/** Where the focus goes when that on which it was is not there any more: never nowhere. */

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
    if (document.activeElement === document.body) near()?.focus();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener("focusin", end); // somebody has gone on

  function end(): void {
    observer.disconnect();
    document.removeEventListener("focusin", end);
  }
}

/** What opened something: of a menu, which has gone by then, its button. */
export function opener(): HTMLElement | null {
  const { activeElement } = document;
  const menu = activeElement?.closest("[role=menu]");
  const button = menu && document.getElementById(menu.getAttribute("aria-labelledby") ?? "");
  return button ?? (activeElement as HTMLElement | null);
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
