/** Where the focus goes when that on which it was is not there any more: never nowhere. */

/**
 * Puts the focus on something, and near it once that has gone: into the row that then stands in the
 * place of its own, else to what `instead` finds, else to the name of the page.
 */
export function focusOn(target: HTMLElement, instead: () => HTMLElement | null = () => null): void {
  const row = target.closest("tr");
  const table = row?.closest("table");
  const place = row?.rowIndex ?? 0;
  const near = () => inRow(table, place) ?? instead() ?? heading();
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
  focusOn(target, () => around?.querySelector("input") ?? null);
}

export function heading(): HTMLElement | null {
  return document.querySelector("h1");
}

function inRow(table: HTMLTableElement | null | undefined, place: number): HTMLElement | null {
  if (!table?.isConnected) return null;
  const row = table.rows[Math.min(place, table.rows.length - 1)];
  return row?.querySelector("a[href], button") ?? null;
}
