/** Choosing a moment: along the events of a segment, or by date and time. */
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useId, useState } from "react";
import { useIntl } from "react-intl";
import { graphql, type ResultOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { Loaded } from "~/parts/Loaded";
import { localText, type Moment, placeOf, timeIn } from "./moment";

/** Events along which one slides at once; the others are reached by the buttons beside. */
const STOPS = 100;
/** Milliseconds after which a slide is believed to be over. */
const REST = 120;

const STOPS_OF = graphql(`
  query MomentsOfSegment($id: ID!, $last: Int!, $before: String, $minPosition: LogPosition) {
    userSegment(segment: { id: $id }, minPosition: $minPosition) {
      id
      history(last: $last, before: $before) {
        nodes {
          id
          position
          recordedAt
          summary
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

type History = NonNullable<ResultOf<typeof STOPS_OF>["userSegment"]>["history"];

interface Props {
  readonly segment: string;
  readonly label: string;
  readonly moment: Moment;
  readonly choose: (moment: Moment) => void;
}

export function MomentField(props: Props) {
  const t = useText();
  const [before, setBefore] = useState<string | null>(null);
  const read = useRead(STOPS_OF, { id: props.segment, last: STOPS, before });
  return (
    <Stack component="fieldset" gap="xs" p={0} m={0} bd={0} miw={0}>
      <Text component="legend" fw={600} size="sm" p={0}>
        {props.label}
      </Text>
      <Loaded read={read}>
        {({ userSegment }) => userSegment && <Slider {...props} history={userSegment.history} />}
      </Loaded>
      <Group justify="space-between" align="flex-end">
        <TimeField {...props} history={read.data?.userSegment?.history} />
        <Group gap="xs">
          {before && (
            <Button variant="default" size="xs" onClick={() => setBefore(null)}>
              {t("audit.moment.latest")}
            </Button>
          )}
          {read.data?.userSegment?.history.pageInfo.hasPreviousPage && (
            <Button
              variant="default"
              size="xs"
              onClick={() =>
                setBefore(read.data?.userSegment?.history.pageInfo.startCursor ?? null)
              }
            >
              {t("audit.moment.earlier")}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}

function Slider({ label, moment, choose, history }: Props & { history: History }) {
  const t = useText();
  const intl = useIntl();
  const id = useId();
  const stops = history.nodes;
  const known = Math.max(0, placeOf(moment, stops));
  const [place, setPlace] = useState(known);
  useEffect(() => setPlace(known), [known]);
  const rest = useDebouncedCallback((to: number) => {
    const stop = stops[to];
    if (stop) choose({ position: stop.position });
  }, REST);
  const stop = stops[place];
  if (!stop) return null;
  const when = intl.formatDate(stop.recordedAt, { dateStyle: "medium", timeStyle: "medium" });
  return (
    <>
      <input
        type="range"
        aria-label={t("audit.moment.slider", { label })}
        aria-valuetext={`${when}: ${stop.summary}`}
        aria-describedby={id}
        min={0}
        max={stops.length - 1}
        value={place}
        onChange={(event) => {
          const to = Number(event.currentTarget.value);
          setPlace(to);
          rest(to);
        }}
        style={{ inlineSize: "100%", accentColor: "var(--mantine-color-anchor)", blockSize: 28 }}
      />
      <Text size="sm" id={id}>
        {t("audit.moment.after", {
          place: place + 1,
          of: stops.length,
          when: new Date(stop.recordedAt),
        })}{" "}
        <span dir="auto">{stop.summary}</span>
      </Text>
    </>
  );
}

/** Shows the time of the moment; what is typed is taken when it is a whole one. */
function TimeField({ label, moment, choose, history }: Props & { history: History | undefined }) {
  const t = useText();
  const time =
    "time" in moment ? moment.time : history?.nodes[placeOf(moment, history.nodes)]?.recordedAt;
  const known = time && time < "9999" ? localText(time) : "";
  const [typed, setTyped] = useState(known);
  useEffect(() => setTyped(known), [known]);
  return (
    <TextInput
      type="datetime-local"
      step={1}
      size="xs"
      label={t("audit.moment.time", { label })}
      value={typed}
      max={localText(new Date().toISOString())}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        const chosen = timeIn(typed);
        if (chosen && typed !== known) choose({ time: chosen });
      }}
      onKeyDown={(event) => {
        const chosen = timeIn(typed);
        if (event.key === "Enter" && chosen) choose({ time: chosen });
      }}
    />
  );
}
