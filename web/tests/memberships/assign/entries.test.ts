import { expect, test } from "vitest";
import { entriesIn, mistakenIn, namedBy, without } from "~/memberships/assign/entries";

test.each([
  ["ann\nbob\r\ncy", ["ann", "bob", "cy"]],
  ["ann, bob;cy\tdi", ["ann", "bob", "cy", "di"]],
  ["  ann  ,, \n\n ,bob", ["ann", "bob"]],
  ["\u00a0ann\u00a0", ["ann"]],
  ["", []],
  [" \n , ", []],
])("%j is pasted as %j", (pasted, entries) => {
  expect(entriesIn(pasted)).toEqual(entries);
});

const refusal = (place: string, message = "There is no such user.") => ({
  code: "NOT_FOUND",
  message,
  path: ["users", "usernames", place],
});

test("refusals name the entries at their places, each once", () => {
  const entries = ["ann", "nobody", "bob", "no one", "nobody"];
  const found = mistakenIn(entries, [refusal("1"), refusal("3", "Must not."), refusal("4")]);
  expect(found).toEqual([
    { entry: "nobody", message: "There is no such user." },
    { entry: "no one", message: "Must not." },
  ]);
});

test("a refusal that speaks of no entry names none", () => {
  const refusals = [{ code: "ARCHIVED", message: "It is archived.", path: ["segment"] }];
  expect(mistakenIn(["ann"], refusals)).toEqual([]);
});

test("what is left without the mistaken ones stands in lines", () => {
  const mistaken = [{ entry: "nobody", message: "" }];
  expect(without(["ann", "nobody", "bob", "nobody"], mistaken)).toBe("ann\nbob");
});

test("entries are sent in the list of their way", () => {
  expect(namedBy("emails", ["a@example.org"])).toEqual({ emails: ["a@example.org"] });
  expect(namedBy("codes", ["A-1"])).toEqual({ codes: ["A-1"] });
  expect(namedBy("usernames", ["ann"])).toEqual({ usernames: ["ann"] });
});
