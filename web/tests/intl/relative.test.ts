import { expect, test } from "vitest";
import { relative } from "~/intl/When";

const NOW = new Date("2026-03-01T12:00:00Z");

test.each([
  ["2026-03-01T11:59:30Z", [-30, "second"]],
  ["2026-03-01T10:30:00Z", [-1, "hour"]],
  ["2026-02-20T12:00:00Z", [-9, "day"]],
  ["2024-01-01T00:00:00Z", [-2, "year"]],
  ["2026-03-01T12:00:00Z", [0, "second"]],
])("%s is told in the largest unit of which there is one", (at, expected) => {
  expect(relative(new Date(at), NOW)).toEqual(expected);
});
