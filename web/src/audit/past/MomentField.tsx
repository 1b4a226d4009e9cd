/** Choosing a moment by a slider over a segment's events, or by date and time. */

import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Loaded } from "~/components/loading/Loaded";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { MomentSlider, type Stop } from "./MomentSlider";
import { type Moment, NOW, placeOf } from "./moment";
import { SEGMENT_MOMENTS } from "./queries";
import { TimeField } from "./TimeField";

/** Events per slider; the others are reached by the buttons beside it. */
const STOPS = 100;

interface Props {
  readonly segment: string;
  readonly label: string;
  readonly moment: Moment;
  readonly choose: (moment: Moment) => void;
}

export function MomentField({ segment, label, moment, choose }: Props) {
  const t = useText();
  const [before, setBefore] = useState<string | null>(null);
  const read = useRead(SEGMENT_MOMENTS, { id: segment, last: STOPS, before });
  const history = read.data?.userSegment?.history;
  const earlier = history?.pageInfo.hasPreviousPage ? history.pageInfo.startCursor : null;
  return (
    <Stack component="fieldset" gap="xs" p={0} m={0} bd={0} miw={0}>
      <Text component="legend" fw={600} size="sm" p={0}>
        {label}
      </Text>
      <Loaded read={read}>
        {() =>
          history && (
            <MomentSlider label={label} moment={moment} choose={choose} stops={history.nodes} />
          )
        }
      </Loaded>
      <Group justify="space-between" align="flex-end">
        <TimeField
          label={t("audit.moment.time", { label })}
          time={timeOf(moment, history?.nodes ?? [])}
          choose={(time) => choose(time ? { time } : NOW)}
        />
        <Group gap="xs">
          {before && (
            <Button variant="default" size="xs" onClick={() => setBefore(null)}>
              {t("audit.moment.latest")}
            </Button>
          )}
          {earlier && (
            <Button variant="default" size="xs" onClick={() => setBefore(earlier)}>
              {t("audit.moment.earlier")}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}

/** The time of a moment; undefined for now. */
function timeOf(moment: Moment, stops: readonly Stop[]): string | undefined {
  if (moment === NOW) return undefined;
  return "time" in moment ? moment.time : stops[placeOf(moment, stops)]?.recordedAt;
}
