import { beforeEach, expect, test } from "vitest";
import { focusOn, spotOf } from "~/hooks/focus";

const row = (name: string) =>
  `<tr><td><a href="/${name}">${name}</a><button>Menu</button></td></tr>`;

const button = (place: number) => document.querySelectorAll("button")[place] as HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `<h1 tabindex="-1">Page</h1><table>${["a", "b", "c"].map(row).join("")}</table>`;
});

test("what is still there has the focus", () => {
  focusOn(spotOf(button(1)));
  expect(document.activeElement).toBe(button(1));
});

test("a row that went before is followed by the one in its place", () => {
  const spot = spotOf(button(1));
  button(1).closest("tr")?.remove();
  focusOn(spot);
  expect(document.activeElement?.getAttribute("href")).toBe("/c");
});

test("a row that goes after is followed, too", async () => {
  focusOn(spotOf(button(2)));
  button(2).closest("tr")?.remove();
  await Promise.resolve(); // the document's observers are told
  expect(document.activeElement?.getAttribute("href")).toBe("/b");
});

test("with the table gone the page's name has it", () => {
  const spot = spotOf(button(0));
  document.querySelector("table")?.remove();
  focusOn(spot);
  expect(document.activeElement?.tagName).toBe("H1");
});
