/** The segment and its members as of a moment, and the differences to now. */

import { Alert, Group, Stack, Title } from "@mantine/core";
import { useIntl } from "react-intl";
import { Loaded } from "~/components/loading/Loaded";
import { FROM_THE_START } from "~/components/table/paging";
import { type Row, ValueTable } from "~/components/ValueTable";
import type { ResultOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { Badges } from "~/segments/Badges";
import {
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  fieldInWords,
  fieldOf,
} from "~/segments/segmentFields";
import { Differences } from "./Differences";
import { MembersThen } from "./MembersThen";
import { MomentField } from "./MomentField";
import { type Moment, momentIn, NOW } from "./moment";
import { SEGMENT_AS_OF } from "./queries";

/** What is not a text is a badge. */
const TEXTS = FIELD_NAMES.filter((name) => fieldOf(name).input !== "checkbox");

type State = NonNullable<ResultOf<typeof SEGMENT_AS_OF>["userSegment"]>;

export default function AsOfTab({ segment }: { segment: string }) {
  const t = useText();
  const url = useUrl();
  const moment = momentIn(url.get("position") ?? url.get("time")) ?? NOW;
  const choose = (chosen: Moment) =>
    url.set({ ...named(chosen), ...FROM_THE_START, joined: null, left: null }, { replace: true });
  return (
    <Stack gap="lg">
      <MomentField
        segment={segment}
        label={t("audit.as-of.moment")}
        moment={moment}
        choose={choose}
      />
      <Then segment={segment} moment={moment} />
    </Stack>
  );
}

function named(moment: Moment): Record<string, string | null> {
  return "position" in moment
    ? { position: String(moment.position), time: null }
    : { time: moment.time, position: null };
}

export function Then({ segment, moment }: { segment: string; moment: Moment }) {
  const t = useText();
  const read = useRead(SEGMENT_AS_OF, { id: segment, asOf: moment }, { follows: moment === NOW });
  return (
    <Loaded read={read}>
      {({ userSegment }) => (
        <>
          {userSegment ? (
            <Stack>
              <StateThen then={userSegment} />
              <MembersThen segment={segment} moment={moment} />
            </Stack>
          ) : (
            <Alert>{t("audit.as-of.absent")}</Alert>
          )}
          <Title order={2} size="h4" mt="xl" mb="xs">
            {t("audit.as-of.differs")}
          </Title>
          <Differences
            segment={segment}
            from={moment}
            to={NOW}
            called={["audit.as-of.then", "audit.as-of.now"]}
          />
        </>
      )}
    </Loaded>
  );
}

function StateThen({ then }: { then: State }) {
  const t = useText();
  const intl = useIntl();
  return (
    <section aria-label={t("audit.as-of.state")}>
      <Group gap="xs" mb="xs">
        <Title order={2} size="h4">
          {t("audit.as-of.state")}
        </Title>
        <Badges segment={then} />
      </Group>
      <ValueTable
        label={t("audit.as-of.state")}
        rows={[
          ...TEXTS.map(
            (name): Row => [t(FIELDS[name].label), <Value key={name} name={name} then={then} />],
          ),
          [t("segments.members"), intl.formatNumber(then.memberCount)],
        ]}
      />
    </section>
  );
}

function Value({ name, then }: { name: FieldName; then: State }) {
  const t = useText();
  return <bdi style={{ whiteSpace: "pre-wrap" }}>{fieldInWords(name, then, t) || "—"}</bdi>;
}
