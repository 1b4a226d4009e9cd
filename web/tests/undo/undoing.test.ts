import { renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { asked, useUnsaved } from "~/hooks/unsaved";
import { offer, undoing } from "~/undo/undoing";

afterEach(() => {
  asked.set(null);
  undoing.set(null);
});

test("what was typed about one undo is not lost to the next without a word", () => {
  renderHook(() => useUnsaved(true));
  offer("one");
  offer("one");
  expect(asked.value).toBeNull();
  offer("two");
  expect(undoing.value).toBe("one");
  asked.value?.();
  expect(undoing.value).toBe("two");
});

test("the next is asked about at once where nothing was typed", () => {
  offer("one");
  offer("two");
  expect(asked.value).toBeNull();
  expect(undoing.value).toBe("two");
});
