import { expect, test } from "vitest";
import { forEach } from "~/segments/bulk/forEach";

test("each is acted on once, a few at a time", async () => {
  const items = Array.from({ length: 20 }, (_, number) => number);
  const seen: number[] = [];
  let underWay = 0;
  let most = 0;
  await forEach(items, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    seen.push(item);
    underWay -= 1;
  });
  expect(seen.sort((a, b) => a - b)).toEqual(items);
  expect(most).toBe(4);
});

test("with nothing to act on it is done", async () => {
  await expect(forEach([], () => Promise.reject(new Error("acted")))).resolves.toBeUndefined();
});
