/** Commands per day on the site. */

import { Anchor } from "@mantine/core";
import { useIntl } from "react-intl";
import { Link } from "wouter";
import { Loaded } from "~/components/loading/Loaded";
import type { ResultOf } from "~/graph/graphql";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { Axes, Figure } from "./Figure";
import { bars, roof } from "./geometry";
import { SITE_ACTIVITY } from "./queries";

const DAYS = 30;
const DAY = 86_400_000;

type Day = NonNullable<ResultOf<typeof SITE_ACTIVITY>["siteActivity"]>[number];

export default function ActivityChart() {
  const read = useRead(SITE_ACTIVITY, { days: DAYS }, { follows: false });
  return (
    <Loaded read={partOf(read, ({ siteActivity }) => siteActivity)}>
      {(days) => <Drawn days={days} />}
    </Loaded>
  );
}

function Drawn({ days }: { days: readonly Day[] }) {
  const t = useText();
  const intl = useIntl();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const most = Math.max(...days.map(({ commands }) => commands));
  const date = (day: string) => intl.formatDate(day, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <Figure
      title={t("audit.chart.activity")}
      sentence={t("audit.chart.activity.sentence", {
        days: days.length,
        commands: sum(days, "commands"),
        events: sum(days, "events"),
      })}
      head={[t("audit.chart.day"), t("audit.chart.commands"), t("audit.chart.events")]}
      rows={days.toReversed().map(({ day, commands, events }) => ({
        id: day,
        cells: [
          events > 0 ? (
            <Anchor key="day" size="sm" component={Link} href={`/log?${within(day)}`}>
              {date(day)}
            </Anchor>
          ) : (
            date(day)
          ),
          intl.formatNumber(commands),
          intl.formatNumber(events),
        ],
      }))}
    >
      {(frame) => {
        const drawn = bars(
          days.map(({ commands }) => commands),
          frame,
          roof(most),
        );
        return (
          <>
            <Axes frame={frame} top={roof(most)} ends={[date(first.day), date(last.day)]} />
            {days.map(({ day }, place) => (
              <rect key={day} {...drawn[place]} fill="var(--mantine-color-anchor)" />
            ))}
          </>
        );
      }}
    </Figure>
  );
}

function sum(days: readonly Day[], what: "commands" | "events"): number {
  return days.reduce((total, day) => total + day[what], 0);
}

/** The log filter for one day. */
function within(day: string): URLSearchParams {
  const start = Date.parse(day);
  const time = (at: number) => new Date(at).toISOString();
  return new URLSearchParams({ from: time(start - 1), to: time(start + DAY - 1) });
}
