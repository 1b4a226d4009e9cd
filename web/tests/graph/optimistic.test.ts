import type { Cache } from "@urql/exchange-graphcache";
import { expect, test } from "vitest";
import { optimistic } from "~/graph/optimistic";

const KNOWN = {
  id: "1",
  name: "Sales",
  code: "sales",
  description: "",
  visible: true,
  status: "ACTIVE",
  version: 3,
};

function expected(mutation: string, input: object, known: object | null = KNOWN) {
  const cache = { readFragment: () => known } as unknown as Cache;
  const update = optimistic[mutation] as (args: object, cache: Cache) => { segment: object | null };
  return update({ input }, cache).segment;
}

const segment = { id: "1" };

test("an edit is expected to change the fields that it names, and no more", () => {
  const input = {
    segment,
    expectedVersion: 3,
    commandId: "c",
    reason: null,
    name: "A",
    code: null,
  };
  expect(expected("updateUserSegment", input)).toEqual({
    __typename: "UserSegment",
    ...KNOWN,
    name: "A",
    code: null,
  });
});

test("to archive changes the status, and to restore changes it back", () => {
  expect(expected("archiveUserSegment", { segment })).toMatchObject({ status: "ARCHIVED" });
  expect(expected("restoreUserSegment", { segment })).toMatchObject({ status: "ACTIVE" });
});

test("nothing is expected of a segment that is not known", () => {
  expect(expected("updateUserSegment", { segment, name: "A" }, null)).toBeNull();
});
