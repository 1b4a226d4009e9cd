import { expect, test } from "vitest";
import type { Text } from "~/intl/useText";
import { inWords } from "~/uploads/preview/Preview";

const t = ((id: string) => id) as Text;

test.each([
  [null, ""],
  [undefined, ""],
  [true, "uploads.yes"],
  [false, "uploads.no"],
  [["sales", "eng"], "sales, eng"],
  ["=1+1", "=1+1"],
  [0, "0"],
])("a cell with %j reads %j", (value, words) => {
  expect(inWords(value, t)).toBe(words);
});
