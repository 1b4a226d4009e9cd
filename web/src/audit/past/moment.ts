/** Moments in addresses: a log position, or a time. */

export type Moment = { readonly position: number } | { readonly time: string };

/** After every event. */
export const NOW: Moment = { time: "9999-12-31T23:59:59Z" };

/** "17" is a position, "2026-03-01T12:00:00Z" a time; null for anything else. */
export function momentIn(text: string | null): Moment | null {
  if (!text) return null;
  if (/^\d{1,15}$/.test(text)) return { position: Number(text) };
  if (Number.isNaN(Date.parse(text))) return null;
  // What is exact to the microsecond stays so.
  return { time: text.endsWith("Z") ? text : new Date(text).toISOString() };
}

export function textOf(moment: Moment): string {
  return "position" in moment ? String(moment.position) : moment.time;
}

interface Stop {
  readonly position: number;
  readonly recordedAt: string;
}

/** The place among events, oldest first, of the last one that a moment includes; -1 before all. */
export function placeOf(moment: Moment, stops: readonly Stop[]): number {
  return stops.findLastIndex(({ position, recordedAt }) =>
    "position" in moment
      ? position <= moment.position
      : Date.parse(recordedAt) <= Date.parse(moment.time),
  );
}

/** A time as a field of date and time has it, in the reader's own zone. */
export function localText(time: string): string {
  const at = new Date(time);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}

/** The other way round; null for what is no time. */
export function timeIn(local: string): string | null {
  const at = new Date(local);
  return local && !Number.isNaN(at.getTime()) ? at.toISOString() : null;
}
