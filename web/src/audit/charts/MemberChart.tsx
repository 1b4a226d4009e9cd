/** How many members a segment had over time. */

import { Anchor } from "@mantine/core";
import { useIntl } from "react-intl";
import { Link } from "wouter";
import { Loaded } from "~/components/loading/Loaded";
import type { ResultOf } from "~/graph/graphql";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { Axes, Figure } from "./Figure";
import { areaBelow, roof, scaleOf, stepPath } from "./geometry";
import { MEMBER_COUNTS } from "./queries";

type Segment = NonNullable<ResultOf<typeof MEMBER_COUNTS>["userSegment"]>;
type Counts = NonNullable<Segment["memberCounts"]>;

export default function MemberChart({ segment }: { segment: string }) {
  const read = useRead(MEMBER_COUNTS, { id: segment });
  if (read.data?.userSegment === null) return null; // the page says that it is gone
  return (
    <Loaded read={partOf(read, ({ userSegment }) => userSegment?.memberCounts)}>
      {(counts) => <Drawn segment={segment} counts={counts} />}
    </Loaded>
  );
}

function Drawn({ segment, counts }: { segment: string; counts: Counts }) {
  const t = useText();
  const intl = useIntl();
  const points = counts.map(({ at, count }) => ({ x: Date.parse(at), y: count }));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const now = Math.max(Date.now(), last.x);
  const most = Math.max(...points.map(({ y }) => y));
  const date = (at: number) => intl.formatDate(at, { dateStyle: "medium" });
  const rows = counts.map(({ at, position, count }) => ({
    id: String(position),
    cells: [
      <Anchor
        key="at"
        size="sm"
        component={Link}
        href={`/segments/${segment}/as-of?position=${position}`}
      >
        {intl.formatDate(at, { dateStyle: "medium", timeStyle: "medium" })}
      </Anchor>,
      intl.formatNumber(count),
    ],
  }));
  return (
    <Figure
      title={t("audit.chart.members")}
      sentence={t("audit.chart.members.sentence", {
        now: last.y,
        most,
        since: new Date(first.x),
      })}
      head={[t("audit.chart.moment"), t("segments.members")]}
      rows={rows}
    >
      {(frame) => {
        const scale = scaleOf(frame, [first.x, now], roof(most));
        return (
          <>
            <Axes frame={frame} top={roof(most)} ends={[date(first.x), t("audit.now")]} />
            <path
              d={areaBelow(points, scale, now)}
              fill="var(--mantine-color-anchor)"
              opacity={0.1}
            />
            <path
              d={stepPath(points, scale, now)}
              fill="none"
              stroke="var(--mantine-color-anchor)"
              strokeWidth={2}
            />
          </>
        );
      }}
    </Figure>
  );
}
