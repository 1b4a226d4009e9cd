/** The Site User Segments list as of a moment, including segments deleted since. */

import { Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { Link } from "wouter";
import { auditTabs, TRAIL } from "~/audit/tabs";
import { Loaded } from "~/components/loading/Loaded";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { type Column, DataTable } from "~/components/table/DataTable";
import { Pager } from "~/components/table/Pager";
import { FROM_THE_START, windowOf } from "~/components/table/paging";
import { SearchField } from "~/components/table/SearchField";
import type { ResultOf } from "~/graph/graphql";
import { partOf } from "~/graph/partOf";
import { presentId } from "~/graph/presentId";
import { useRead } from "~/graph/useRead";
import { type Url, useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { Badges } from "~/segments/Badges";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { type Moment, momentIn, NOW, textOf } from "./moment";
import { SITE_AS_OF } from "./queries";
import { TimeField } from "./TimeField";

type Segment = NonNullable<ResultOf<typeof SITE_AS_OF>["siteUserSegments"]>["nodes"][number];

export default function SiteAsOfPage() {
  const t = useText();
  const may = useMay();
  const url = useUrl();
  if (!may("SEE_THE_PAST")) return <NoAccess needs="SEE_THE_PAST" />;
  const time = url.get("time");
  return (
    <Page title="audit.site-as-of" trail={TRAIL}>
      <Tabs tabs={auditTabs(may)} label="audit.title" />
      <Stack>
        <Group align="flex-end">
          <TimeField
            label={t("audit.site-as-of.moment")}
            time={time}
            choose={(chosen) => url.set({ time: chosen, position: null, ...FROM_THE_START })}
          />
          <SearchField url={url} label={t("segments.search")} />
        </Group>
        <Segments url={url} moment={momentIn(url.get("position") ?? time) ?? NOW} />
      </Stack>
    </Page>
  );
}

function Segments({ url, moment }: { url: Url; moment: Moment }) {
  const t = useText();
  const columns = useColumns(moment);
  const variables = { asOf: moment, search: url.get("search"), ...windowOf(url.get) };
  const asked = useRead(SITE_AS_OF, variables, { follows: moment === NOW });
  const read = partOf(asked, ({ siteUserSegments }) => siteUserSegments);
  return (
    <Loaded read={read}>
      {({ nodes, totalCount, pageInfo }) => (
        <>
          <DataTable
            label={t("audit.site-as-of")}
            columns={columns}
            rows={nodes}
            empty={<Text>{t("audit.site-as-of.none")}</Text>}
          />
          <Pager url={url} waiting={read.waiting} totalCount={totalCount} pageInfo={pageInfo} />
        </>
      )}
    </Loaded>
  );
}

function useColumns(moment: Moment): Column<Segment>[] {
  const t = useText();
  const intl = useIntl();
  const then = "position" in moment ? "position" : "time";
  const query = new URLSearchParams(moment === NOW ? {} : { [then]: textOf(moment) });
  return [
    {
      id: "name",
      header: t("segments.name"),
      cell: (segment) => (
        <Group gap="xs">
          <Anchor
            component={Link}
            href={`/segments/${presentId(segment.id)}/as-of?${query}`}
            dir="auto"
          >
            {segment.name}
          </Anchor>
          <Badges segment={segment} />
          <Since segment={segment} />
        </Group>
      ),
    },
    { id: "code", header: t("segments.code"), cell: ({ code }) => code ?? "" },
    {
      id: "members",
      header: t("segments.members"),
      align: "end",
      cell: ({ memberCount }) => intl.formatNumber(memberCount),
    },
  ];
}

/** What has become of it since, where its name no longer tells. */
function Since({ segment: { name, current } }: { segment: Segment }) {
  const t = useText();
  if (!current) return <Badge color="red">{t("audit.site-as-of.gone")}</Badge>;
  if (current.name === name) return null;
  return (
    <Text size="sm" c="dimmed">
      {t("audit.site-as-of.renamed")} <bdi>{current.name}</bdi>
    </Text>
  );
}
