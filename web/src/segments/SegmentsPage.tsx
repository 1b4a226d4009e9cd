/** Site admin › User Management › Manage User Segments: the Site User Segments list. */
import { Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { Link } from "wouter";
import { graphql, type ResultOf, type VariablesOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import { type Column, DataTable, type Order } from "~/parts/DataTable";
import { Loaded } from "~/parts/Loaded";
import { Page } from "~/parts/Page";
import { Pager } from "~/parts/Pager";
import { FROM_THE_START, windowOf } from "~/parts/paging";
import { SearchField } from "~/parts/SearchField";
import { Tabs } from "~/parts/Tabs";
import { type Url, useUrl } from "~/parts/useUrl";
import { useMay } from "~/session/Viewer";
import { segmentsTabs, TRAIL } from "./tabs";

export const SITE_USER_SEGMENTS = graphql(`
  query SiteUserSegments(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $search: String
    $filter: SegmentFilter
    $orderBy: SegmentOrder
    $minPosition: LogPosition
  ) {
    siteUserSegments(
      first: $first
      after: $after
      last: $last
      before: $before
      search: $search
      filter: $filter
      orderBy: $orderBy
      minPosition: $minPosition
    ) {
      totalCount
      nodes {
        id
        name
        code
        description
        visible
        status
        memberCount
        version
        updatedAt
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`);

type Segment = ResultOf<typeof SITE_USER_SEGMENTS>["siteUserSegments"]["nodes"][number];
type Asked = VariablesOf<typeof SITE_USER_SEGMENTS>;

export default function SegmentsPage() {
  const t = useText();
  const url = useUrl();
  const read = useRead(SITE_USER_SEGMENTS, asked(url));
  return (
    <Page title="segments.title" trail={TRAIL.slice(0, 1)}>
      <Tabs tabs={segmentsTabs(useMay())} label="segments.title" />
      <Stack gap="sm">
        <SearchField url={url} label={t("segments.search")} />
        <Loaded read={read}>
          {({ siteUserSegments: { nodes, totalCount, pageInfo } }) => (
            <>
              <SegmentsTable rows={nodes} url={url} />
              <Pager url={url} totalCount={totalCount} pageInfo={pageInfo} />
            </>
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}

function asked(url: Url): Asked {
  const { column, direction } = orderOf(url);
  return {
    ...windowOf(url.get),
    search: url.get("search"),
    orderBy: { field: column as "NAME", direction },
  };
}

function orderOf(url: Url): Order {
  const direction = url.get("direction") === "DESC" ? "DESC" : "ASC";
  return { column: url.get("order") ?? "NAME", direction };
}

function SegmentsTable({ rows, url }: { rows: readonly Segment[]; url: Url }) {
  const t = useText();
  return (
    <DataTable
      label={t("segments.list")}
      columns={useColumns()}
      rows={rows}
      empty={<Text>{t(url.get("search") ? "segments.none-found" : "segments.none")}</Text>}
      order={orderOf(url)}
      onOrder={({ column, direction }) => url.set({ order: column, direction, ...FROM_THE_START })}
    />
  );
}

function useColumns(): Column<Segment>[] {
  const t = useText();
  const intl = useIntl();
  return [
    { id: "NAME", header: t("segments.name"), orders: true, cell: (one) => <Name segment={one} /> },
    { id: "CODE", header: t("segments.code"), orders: true, cell: ({ code }) => code ?? "" },
    {
      id: "MEMBER_COUNT",
      header: t("segments.members"),
      orders: true,
      align: "end",
      cell: ({ memberCount }) => intl.formatNumber(memberCount),
    },
    {
      id: "UPDATED_AT",
      header: t("segments.updated"),
      orders: true,
      cell: ({ updatedAt }) => <When at={updatedAt} />,
    },
  ];
}

function Name({ segment }: { segment: Segment }) {
  const t = useText();
  return (
    <Group gap="xs">
      <Anchor component={Link} href={`/segments/${segment.id}`} dir="auto">
        {segment.name}
      </Anchor>
      {segment.status === "ARCHIVED" && <Badge color="gray">{t("segments.archived")}</Badge>}
      {!segment.visible && <Badge color="gray">{t("segments.hidden")}</Badge>}
    </Group>
  );
}
