/** Where the parts of a chart stand, in pixels. Pure, so that it can be checked without a browser. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Room for the numbers beside the plot and the dates below it. */
  readonly side: number;
  readonly foot: number;
  readonly head: number;
  /** From right to left, as the reader's language goes. */
  readonly mirrored: boolean;
}

export interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** Values in whole pixels' fractions; y from 0 to `top`. One moment alone stands at the end. */
export function scaleOf(frame: Frame, [from, to]: [number, number], top: number): Scale {
  const { width, height, side, foot, head, mirrored } = frame;
  const along = (value: number) => (to > from ? (value - from) / (to - from) : 1);
  return {
    x: (value) => {
      const x = side + along(value) * (width - side);
      return mirrored ? width - x : x;
    },
    y: (value) => head + (1 - (top > 0 ? value / top : 0)) * (height - head - foot),
  };
}

/** The least of 1, 2, 4, 6, 8, 10, 20, 40 … that is not below a number: halves are whole, too. */
export function roof(highest: number): number {
  if (highest <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return power === highest && power > 1
    ? power
    : power * ([2, 4, 6, 8].find((step) => step * power >= highest) ?? 10);
}

/** A line that stays level until something changes, drawn on to `until`. */
export function stepPath(points: readonly Point[], scale: Scale, until: number): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const start = `M${px(scale.x(first.x))} ${px(scale.y(first.y))}`;
  const steps = rest.map(({ x, y }) => `H${px(scale.x(x))}V${px(scale.y(y))}`);
  return `${start}${steps.join("")}H${px(scale.x(until))}`;
}

/** What lies below such a line. */
export function areaBelow(points: readonly Point[], scale: Scale, until: number): string {
  const line = stepPath(points, scale, until);
  return line && `${line}V${px(scale.y(0))}H${px(scale.x(points[0]?.x ?? 0))}Z`;
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bars of equal width with a gap between them, in the order of the values. */
export function bars(values: readonly number[], frame: Frame, top: number): Bar[] {
  const { x, y } = scaleOf(frame, [0, values.length], top);
  return values.map((value, place) => {
    const [one, other] = [x(place), x(place + 1)];
    const width = Math.abs(other - one);
    const gap = Math.min(2, width / 4);
    return {
      x: px(Math.min(one, other) + gap / 2),
      y: px(y(value)),
      width: px(width - gap),
      height: px(y(0) - y(value)),
    };
  });
}

function px(value: number): number {
  return Math.round(value * 100) / 100;
}
