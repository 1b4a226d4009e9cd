import { Text } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "~/intl/useText";
import classes from "./MomentSlider.module.css";
import { type Moment, placeOf } from "./moment";

/** Debounce in milliseconds. */
const REST = 120;

export interface Stop {
  readonly position: number;
  readonly recordedAt: string;
  readonly summary: string;
}

interface Props {
  readonly label: string;
  readonly moment: Moment;
  readonly choose: (moment: Moment) => void;
  /** The slider's events, oldest first. */
  readonly stops: readonly Stop[];
}

/** A slider over events, by pointer or arrow keys, with a label that follows at once. */
export function MomentSlider({ label, moment, choose, stops }: Props) {
  const t = useText();
  const told = useTold();
  const known = placeOf(moment, stops);
  const [place, setPlace] = useState(known);
  useEffect(() => setPlace(known), [known]);
  const rest = useDebouncedCallback((to: number) => {
    const stop = stops[to];
    if (stop) choose({ position: stop.position });
  }, REST);
  const what = stops[place]?.summary ?? "";
  return (
    <>
      <input
        type="range"
        className={classes.slider}
        aria-label={t("audit.moment.slider", { label })}
        aria-valuetext={`${told(stops, place)} ${what}`}
        min={0}
        max={stops.length - 1}
        value={Math.max(0, place)}
        onChange={(event) => {
          const to = Number(event.currentTarget.value);
          setPlace(to);
          rest(to);
        }}
      />
      <Text size="sm" aria-hidden>
        {told(stops, place)} <bdi>{what}</bdi>
      </Text>
    </>
  );
}

/** Which event a place is, and of when. */
function useTold(): (stops: readonly Stop[], place: number) => string {
  const t = useText();
  const intl = useIntl();
  return (stops, place) => {
    const stop = stops[place];
    if (!stop) return t("audit.moment.before");
    const when = intl.formatDate(stop.recordedAt, { dateStyle: "medium", timeStyle: "medium" });
    return t("audit.moment.after", { place: place + 1, of: stops.length, when });
  };
}
