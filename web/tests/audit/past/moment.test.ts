import { describe, expect, test } from "vitest";
import { localText, momentIn, placeOf, timeIn } from "~/audit/past/moment";

const STOPS = [
  { position: 3, recordedAt: "2026-03-01T12:00:00.000100Z" },
  { position: 9, recordedAt: "2026-03-01T12:00:05Z" },
  { position: 20, recordedAt: "2026-03-02T00:00:00Z" },
];

describe("a moment in an address", () => {
  test.each([
    ["0", { position: 0 }],
    ["17", { position: 17 }],
    ["2026-03-01T12:00:00.000123Z", { time: "2026-03-01T12:00:00.000123Z" }],
    ["2026-03-01T13:00:00+01:00", { time: "2026-03-01T12:00:00.000Z" }],
    ["", null],
    [null, null],
    ["soon", null],
    ["-1.5e99x", null],
  ])("%s", (text, expected) => {
    expect(momentIn(text)).toEqual(expected);
  });
});

describe("the place of a moment among events", () => {
  test.each([
    [{ position: 2 }, -1],
    [{ position: 3 }, 0],
    [{ position: 10 }, 1],
    [{ time: "2026-03-01T11:59:59Z" }, -1],
    [{ time: "2026-03-01T12:00:05Z" }, 1],
    [{ time: "9999-12-31T23:59:59Z" }, 2],
  ])("%j", (moment, expected) => {
    expect(placeOf(moment, STOPS)).toBe(expected);
  });
});

test("a field of date and time shows the reader's own zone, and gives back the same time", () => {
  const time = "2026-03-01T12:00:05.000Z";
  expect(timeIn(localText(time))).toBe(time);
  expect(timeIn("")).toBeNull();
  expect(timeIn("soon")).toBeNull();
});
