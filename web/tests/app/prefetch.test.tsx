import { beforeEach, expect, test, vi } from "vitest";
import { prefetch, prefetching } from "~/app/prefetch";
import { lazyComponent, parts } from "~/components/loading/lazyComponent";

const atOnce = async () => undefined;
const nothing = { default: () => null };
const always = () => true;

beforeEach(() => parts.clear());

test("parts are loaded one after the other, and those that came with one, too", async () => {
  const order: string[] = [];
  lazyComponent(async () => {
    order.push("page begins");
    lazyComponent(async () => {
      order.push("its dialog");
      return nothing;
    });
    await Promise.resolve();
    order.push("page is there");
    return nothing;
  });
  lazyComponent(async () => {
    order.push("next page");
    return nothing;
  });
  await prefetch(always, atOnce);
  expect(order).toEqual(["page begins", "page is there", "next page", "its dialog"]);
});

test("one that cannot be loaded keeps no other from it", async () => {
  const next = vi.fn(async () => nothing);
  lazyComponent(() => Promise.reject(new Error("away")));
  lazyComponent(next);
  await prefetch(always, atOnce);
  expect(next).toHaveBeenCalledOnce();
});

test("it ends where it is once it is not wanted any more", async () => {
  const load = vi.fn(async () => nothing);
  lazyComponent(load);
  lazyComponent(load);
  let asked = 0;
  await prefetch(() => ++asked === 1, atOnce);
  expect(load).toHaveBeenCalledOnce();
});

test("it leaves the first three seconds to what one sees first", async () => {
  vi.useFakeTimers();
  const load = vi.fn(async () => nothing);
  lazyComponent(load);
  prefetching();
  await vi.advanceTimersByTimeAsync(2999);
  expect(load).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1001);
  expect(load).toHaveBeenCalledOnce();
});

test("it never begins where nobody wants it, or data is to be saved", async () => {
  vi.useFakeTimers();
  const load = vi.fn(async () => nothing);
  lazyComponent(load);
  prefetching()();
  vi.stubGlobal("navigator", { connection: { saveData: true } });
  prefetching();
  vi.unstubAllGlobals();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(load).not.toHaveBeenCalled();
});
