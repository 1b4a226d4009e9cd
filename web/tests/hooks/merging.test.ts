import { expect, test } from "vitest";
import { changesIn, merged } from "~/hooks/merging";

const BASE = { name: "Sales", code: "sales", roles: ["LEARNER"] };

test("what only others changed is taken over", () => {
  const current = { ...BASE, code: "s" };
  expect(merged(BASE, BASE, current)).toEqual({ values: current, conflicts: [] });
});

test("what one typed stays beside what others changed elsewhere", () => {
  const typed = { ...BASE, name: "Sales Team" };
  const both = merged(BASE, typed, { ...BASE, code: "s" });
  expect(both).toEqual({ values: { ...BASE, name: "Sales Team", code: "s" }, conflicts: [] });
});

test("a field that both changed is a conflict, and keeps what was typed", () => {
  const typed = { ...BASE, name: "Mine", roles: ["AUDITOR"] };
  const both = merged(BASE, typed, { ...BASE, name: "Theirs", roles: [] });
  expect(both.conflicts).toEqual(["name", "roles"]);
  expect(both.values).toEqual(typed);
});

test("both changing a field to the same is none", () => {
  const same = { ...BASE, name: "Sales Team" };
  expect(merged(BASE, same, same)).toEqual({ values: same, conflicts: [] });
});

test("only what was typed is sent", () => {
  expect(changesIn(BASE, { ...BASE, name: "Sales Team" })).toEqual({ name: "Sales Team" });
  expect(changesIn(BASE, { ...BASE, roles: ["LEARNER"] })).toEqual({});
});
