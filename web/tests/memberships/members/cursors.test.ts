import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { pageOf, reached, useCursors } from "~/memberships/members/cursors";

test("a page that has come tells where the next begins", () => {
  expect(reached([undefined], 0, "a")).toEqual([undefined, "a"]);
  expect(reached([undefined, "a"], 1, "b")).toEqual([undefined, "a", "b"]);
});

test("the last page leads nowhere, and what is known stays the same list", () => {
  const cursors = [undefined, "a"];
  expect(reached(cursors, 1, null)).toBe(cursors);
  expect(reached(cursors, 0, "a")).toBe(cursors);
});

test("a page that ends elsewhere than before moves the next, and no other", () => {
  expect(reached([undefined, "a", "b"], 0, "x")).toEqual([undefined, "x", "b"]);
});

test("a row is on its own page, or waits for the last that is known", () => {
  const cursors = [undefined, "a"];
  expect([0, 99, 100, 199].map((row) => pageOf(row, 100, cursors))).toEqual([0, 0, 1, 1]);
  expect(pageOf(5_000, 100, cursors)).toBe(1);
});

test("another list begins anew", () => {
  const { result, rerender } = renderHook(({ list }) => useCursors(list), {
    initialProps: { list: "all" },
  });
  act(() => result.current[1](0, "a"));
  expect(result.current[0]).toEqual([undefined, "a"]);
  rerender({ list: "some" });
  expect(result.current[0]).toEqual([undefined]);
  act(() => result.current[1](0, "z"));
  expect(result.current[0]).toEqual([undefined, "z"]);
});
