/** A relative time, with the exact one on hover or focus. */
import { useIntl } from "react-intl";

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** The largest unit of which there is at least one, and how many of it, in the past as negative. */
export function relative(at: Date, now: Date): [number, Intl.RelativeTimeFormatUnit] {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return [Math.trunc(seconds / length), unit];
}

export function When({ at }: { at: string }) {
  const intl = useIntl();
  const moment = new Date(at);
  const exactly = intl.formatDate(moment, { dateStyle: "medium", timeStyle: "medium" });
  return (
    <time dateTime={at} title={exactly}>
      {intl.formatRelativeTime(...relative(moment, new Date()), { numeric: "auto" })}
    </time>
  );
}
