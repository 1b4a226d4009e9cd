import { beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
});

test("a position only ever grows", async () => {
  const { advance, position } = await import("~/graph/position");
  advance(5);
  advance(3);
  advance(null);
  expect(position.value).toBe(5);
});

test("what is heard in quick succession is reacted to at once, and once more when it is calm", async () => {
  const { hear, position } = await import("~/graph/position");
  const seen: number[] = [];
  position.watch(() => seen.push(position.value));
  for (const heard of [1, 2, 3, 4]) hear(heard);
  expect(seen).toEqual([1]);
  vi.advanceTimersByTime(300);
  expect(seen).toEqual([1, 4]);
  vi.advanceTimersByTime(1000);
  expect(seen).toEqual([1, 4]);
});
