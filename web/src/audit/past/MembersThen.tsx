/** The members of a segment as of a moment, with their current names. */

import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { useIntl } from "react-intl";
import { Link } from "wouter";
import { Loaded } from "~/components/loading/Loaded";
import { type Column, DataTable } from "~/components/table/DataTable";
import { Pager } from "~/components/table/Pager";
import { windowOf } from "~/components/table/paging";
import { SearchField } from "~/components/table/SearchField";
import type { ResultOf } from "~/graph/graphql";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { type Moment, NOW, textOf } from "./moment";
import { MEMBERS_AS_OF } from "./queries";

type Edge = NonNullable<ResultOf<typeof MEMBERS_AS_OF>["userSegment"]>["members"]["edges"][number];
type Member = Edge & { readonly id: string };

interface Props {
  readonly segment: string;
  readonly moment: Moment;
}

export function MembersThen({ segment, moment }: Props) {
  const t = useText();
  const url = useUrl();
  const window = { search: url.get("search"), ...windowOf(url.get) };
  const variables = { id: segment, asOf: moment, ...window };
  const read = useRead(MEMBERS_AS_OF, variables, { follows: moment === NOW });
  const columns = useColumns(segment, moment);
  return (
    <Stack component="section" gap="sm" aria-label={t("audit.members-then")}>
      <Group justify="space-between">
        <Title order={3} size="h5">
          {t("audit.members-then")}
        </Title>
        <SearchField url={url} label={t("audit.members.search")} />
      </Group>
      <Loaded read={read}>
        {({ userSegment }) => {
          if (!userSegment) return null;
          const { edges, totalCount, pageInfo } = userSegment.members;
          return (
            <>
              <DataTable
                label={t("audit.members-then")}
                columns={columns}
                rows={edges.map((edge) => ({ ...edge, id: edge.node.id }))}
                empty={
                  <Text>
                    {t(url.get("search") ? "audit.members.none-found" : "audit.members.none")}
                  </Text>
                }
              />
              <Pager url={url} waiting={read.waiting} totalCount={totalCount} pageInfo={pageInfo} />
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function useColumns(segment: string, moment: Moment): Column<Member>[] {
  const t = useText();
  const intl = useIntl();
  const then = "position" in moment ? "position" : "time";
  const why = new URLSearchParams({ [then]: textOf(moment) });
  return [
    {
      id: "name",
      header: t("audit.person"),
      cell: ({ node }) => <bdi>{node.displayName}</bdi>,
    },
    { id: "username", header: t("audit.username"), cell: ({ node }) => node.username },
    {
      id: "since",
      header: t("audit.since"),
      cell: ({ addedAt }) => intl.formatDate(addedAt, { dateStyle: "medium", timeStyle: "short" }),
    },
    { id: "by", header: t("audit.by"), cell: ({ addedBy }) => <bdi>{addedBy.displayName}</bdi> },
    {
      id: "why",
      header: t("audit.why"),
      cell: ({ node }) => (
        <Anchor
          size="sm"
          component={Link}
          href={`/segments/${segment}/why/${node.id}?${why}`}
          aria-label={t("audit.why.whom", { name: node.displayName })}
        >
          {t("audit.why.short")}
        </Anchor>
      ),
    },
  ];
}
