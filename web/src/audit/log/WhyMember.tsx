/** Why a user is or was a member of a segment: the causing events, oldest first. */

import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "wouter";
import { momentIn } from "~/audit/past/moment";
import { Loaded } from "~/components/loading/Loaded";
import { argumentOf } from "~/components/page/address";
import { Wrong } from "~/components/page/WrongAddress";
import type { ResultOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { EventList } from "./EventList";
import { WHY_MEMBER } from "./queries";

type Reason = NonNullable<ResultOf<typeof WHY_MEMBER>["whyMember"]>;

export default function WhyMember({ segment, user }: { segment: string; user: string }) {
  const t = useText();
  const url = useUrl();
  const asOf = momentIn(url.get("position") ?? url.get("time"));
  const read = useRead(WHY_MEMBER, { segment, user, asOf });
  if (!read.data && argumentOf(read.error) === "user") return <Nobody segment={segment} />;
  return (
    <Loaded read={read}>
      {({ whyMember, user: person }) =>
        person ? (
          <Stack gap="sm">
            <Title order={2} size="h4" dir="auto">
              {t("audit.why.title", { name: person.displayName })}
            </Title>
            {whyMember ? (
              <>
                <Text>
                  <How {...whyMember} />
                </Text>
                <EventList label={t("audit.why.chain")} events={whyMember.because} />
              </>
            ) : (
              <Text>{t(asOf ? "audit.why.not-then" : "audit.why.not")}</Text>
            )}
            <Anchor component={Link} href={historyOf(segment)} size="sm">
              {t("audit.why.all")}
            </Anchor>
          </Stack>
        ) : (
          <Nobody segment={segment} />
        )
      }
    </Loaded>
  );
}

function Nobody({ segment }: { segment: string }) {
  const t = useText();
  const out = { href: historyOf(segment), name: t("audit.why.all") };
  return <Wrong why={t("audit.why.nobody")} out={out} />;
}

function historyOf(segment: string): string {
  return `/segments/${segment}/history`;
}

function How({ since, source, file, row }: Reason) {
  const t = useText();
  const values = { since: new Date(since) };
  if (file && row !== null) return t("audit.why.file-row", { ...values, file, row });
  if (file) return t("audit.why.file", { ...values, file });
  return t(`audit.why.${source}`, values);
}
