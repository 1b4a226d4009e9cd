import { expect, test } from "vitest";
import { excerptOf, piecesOf } from "~/components/table/matches";

/** The text with its matches in brackets. */
function marked(text: string, search: string): string {
  return piecesOf(text, search)
    .map(({ text, matches }) => (matches ? `[${text}]` : text))
    .join("");
}

test.each([
  ["Sales Team", "sales", "[Sales] Team"],
  ["Équipe Genève", "eq", "[Éq]uipe Genève"],
  ["Équipe Genève", "GENE", "Équipe [Genè]ve"],
  ["Gene\u0300ve", "gene", "[Gene\u0300]ve"], // the accent after its letter goes with it
  ["a.b+c", ".b", "a[.b]+c"],
  ["100 % and 50 %", "%", "100 [%] and 50 [%]"],
  ["aaaa", "aa", "[aa][aa]"],
  ["👩‍🚒 Fire", "fire", "👩‍🚒 [Fire]"],
  ["Sales", "  ", "Sales"],
  ["Sales", "none", "Sales"],
  ["", "a", ""],
])("%s, searched for %s, shows where it matches", (text, search, expected) => {
  expect(marked(text, search)).toBe(expected);
});

test("an excerpt begins shortly before the match", () => {
  expect(excerptOf("Everybody who sells.", "sells")).toBe("Everybody who sells.");
  expect(excerptOf(`${"x".repeat(60)}match and more`, "MATCH")).toBe(
    `…${"x".repeat(40)}match and more`,
  );
  expect(excerptOf("Everybody who sells.", "buys")).toBeNull();
});
