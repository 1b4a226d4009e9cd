import { expect, test } from "vitest";
import { toVariables } from "~/segments/list/listVariables";

function at(address: string) {
  const params = new URLSearchParams(address);
  return toVariables({ get: (name) => params.get(name) });
}

test("without anything in the address: the active ones by name, from the start", () => {
  expect(at("")).toEqual({
    first: 25,
    search: null,
    filter: { status: ["ACTIVE"] },
    orderBy: { field: "NAME", direction: "ASC" },
  });
});

test("the address says what is kept, in which order, and which page", () => {
  const address =
    "search=fire&status=ALL&visibility=HIDDEN&source=UPLOAD&order=MEMBER_COUNT&direction=DESC";
  expect(at(`${address}&before=cursor`)).toEqual({
    last: 25,
    before: "cursor",
    search: "fire",
    filter: { status: ["ACTIVE", "ARCHIVED"], visible: false, source: ["UPLOAD"] },
    orderBy: { field: "MEMBER_COUNT", direction: "DESC" },
  });
});

test("what an address cannot say counts as not said", () => {
  expect(at("status=GONE&visibility=maybe&source=&order=SIZE&direction=sideways")).toEqual(at(""));
});
