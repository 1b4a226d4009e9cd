import { CombinedError } from "urql";
import { expect, test } from "vitest";
import { argumentOf, mended } from "~/components/page/address";

function invalid(argument?: string): CombinedError {
  const extensions = { code: "INVALID", ...(argument && { argument }) };
  return new CombinedError({ graphQLErrors: [{ message: "No.", extensions }] });
}

function mendedAt(address: string, argument?: string): [string, string | undefined] | null {
  const found = mended(invalid(argument), new URLSearchParams(address));
  return found && [found.wrong, found.rest?.toString()];
}

test.each([
  ["after=x&search=a&order=NAME", "after", ["page", "search=a&order=NAME"]],
  ["before=x", "before", ["page", ""]],
  ["from=1&left=x", "after", ["page", "from=1"]],
  ["position=9&after=x", "asOf", ["moment", ""]],
  ["time=9999-12-31", "asOf", ["moment", ""]],
  ["from=9&to=3&joined=x", "from", ["compared", "to=3"]],
  ["from=1&to=9", "to", ["compared", "from=1"]],
  ["search=x&before=y&status=ALL", "search", ["search", "status=ALL"]],
  ["segment=none&user=u&after=x", "filter", ["filter", ""]],
  ["from=x", undefined, ["anything", ""]],
])("of %s, wrong by its %s, the rest is kept", (address, argument, found) => {
  expect(mendedAt(address, argument)).toEqual(found);
});

test.each([
  ["order=NAME", "after"],
  ["order=NAME", "asOf"],
  ["order=NAME", "treeSize"],
  ["", "filter"],
  ["", undefined],
])("the address %j is not blamed for a wrong %s", (address, argument) => {
  expect(mendedAt(address, argument)).toBeNull();
});

test("what was typed is told from what stands in the address", () => {
  expect(mendedAt("order=NAME", "search")).toEqual(["search", undefined]);
});

test("an error names its argument, or none", () => {
  expect(argumentOf(invalid("user"))).toBe("user");
  expect(argumentOf(invalid())).toBeUndefined();
  expect(argumentOf(undefined)).toBeUndefined();
});
