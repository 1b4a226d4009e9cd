import { describe, expect, test } from "vitest";
import { areaBelow, bars, type Frame, roof, scaleOf, stepPath } from "~/audit/charts/geometry";

const FRAME: Frame = { width: 120, height: 130, side: 20, foot: 20, head: 10, mirrored: false };
const MIRRORED: Frame = { ...FRAME, mirrored: true };

test.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 4],
  [5, 6],
  [9, 10],
  [10, 10],
  [11, 20],
  [46, 60],
  [100, 100],
  [10_001, 20_000],
])("above %i stands %i", (highest, expected) => {
  expect(roof(highest)).toBe(expected);
});

describe("a scale", () => {
  test("fills the room beside the numbers and above the dates", () => {
    const { x, y } = scaleOf(FRAME, [100, 200], 50);
    expect([x(100), x(150), x(200)]).toEqual([20, 70, 120]);
    expect([y(0), y(25), y(50)]).toEqual([110, 60, 10]);
  });

  test("runs from right to left where the language does", () => {
    const { x } = scaleOf(MIRRORED, [100, 200], 50);
    expect([x(100), x(200)]).toEqual([100, 0]);
  });

  test("puts a single moment at its end, and nothing at the foot", () => {
    const { x, y } = scaleOf(FRAME, [100, 100], 0);
    expect(x(100)).toBe(120);
    expect(y(0)).toBe(110);
  });
});

describe("a step line", () => {
  const scale = scaleOf(FRAME, [0, 10], 10);
  const points = [
    { x: 0, y: 0 },
    { x: 5, y: 10 },
    { x: 8, y: 5 },
  ];

  test("stays level until something changes, and goes on to the end", () => {
    expect(stepPath(points, scale, 10)).toBe("M20 110H70V10H100V60H120");
  });

  test("encloses what is below it", () => {
    expect(areaBelow(points, scale, 10)).toBe("M20 110H70V10H100V60H120V110H20Z");
  });

  test("of nothing is nothing", () => {
    expect(stepPath([], scale, 10)).toBe("");
    expect(areaBelow([], scale, 10)).toBe("");
  });
});

describe("bars", () => {
  test("stand side by side on the foot, each as high as its value", () => {
    expect(bars([10, 5], FRAME, 10)).toEqual([
      { x: 21, y: 10, width: 48, height: 100 },
      { x: 71, y: 60, width: 48, height: 50 },
    ]);
  });

  test("begin at the right where the language does", () => {
    expect(bars([10, 5], MIRRORED, 10).map(({ x }) => x)).toEqual([51, 1]);
  });

  test("of nothing have no height", () => {
    expect(bars([0], FRAME, 1)).toEqual([{ x: 21, y: 110, width: 98, height: 0 }]);
  });
});
