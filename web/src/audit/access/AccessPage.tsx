/** The access log: reads of the event log and refused operations, newest first. */

import { Anchor, Badge, Button, Code, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { Link } from "wouter";
import { TextFilter, TimeFilter } from "~/audit/log/LogFilters";
import { NewestFirstPager } from "~/audit/log/NewestFirstPager";
import { newestFirst } from "~/audit/log/newestFirst";
import { momentIn } from "~/audit/past/moment";
import { auditTabs, TRAIL } from "~/audit/tabs";
import { useChannel } from "~/audit/useChannel";
import { Loaded } from "~/components/loading/Loaded";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { type Column, DataTable } from "~/components/table/DataTable";
import { PAGE } from "~/components/table/paging";
import type { ResultOf } from "~/graph/graphql";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { type Url, useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { ACCESS_LOG } from "./queries";

type Entry = NonNullable<ResultOf<typeof ACCESS_LOG>["accessLog"]>["edges"][number]["node"] & {
  readonly id: string;
};

/** The typed outcome as the API takes it; the service names the outcomes that there are. */
function outcomesOf(typed: string | null): Entry["outcome"][] | null {
  return typed ? [typed.trim().toUpperCase() as Entry["outcome"]] : null;
}

export default function AccessPage() {
  const may = useMay();
  const url = useUrl();
  if (!may("SEE_THE_LOG")) return <NoAccess needs="SEE_THE_LOG" />;
  return (
    <Page title="audit.access" trail={TRAIL}>
      <Tabs tabs={auditTabs(may)} label="audit.title" />
      <Entries url={url} />
    </Page>
  );
}

/** Not refetched by itself: each read of the access log adds an entry. */
function Entries({ url }: { url: Url }) {
  const t = useText();
  const { get } = url;
  const filter = {
    actor: get("actor"),
    operation: get("operation"),
    outcome: outcomesOf(get("outcome")),
    after: timeOf(get("from")),
    upTo: timeOf(get("to")),
  };
  const variables = { ...newestFirst(get, PAGE), filter };
  const asked = useRead(ACCESS_LOG, variables, { follows: false });
  const read = partOf(asked, ({ accessLog }) => accessLog);
  const columns = useColumns();
  return (
    <Stack>
      <Text c="dimmed">{t("audit.access.what")}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" verticalSpacing="xs">
        <TextFilter name="actor" label="audit.actor" url={url} />
        <TextFilter name="operation" label="audit.access.operation" url={url} />
        <TextFilter name="outcome" label="audit.access.outcome" url={url} />
        <TimeFilter name="from" label="audit.filter.from" url={url} />
        <TimeFilter name="to" label="audit.filter.to" url={url} />
        <Group align="flex-end">
          <Button variant="default" size="xs" onClick={read.again} loading={read.waiting}>
            {t("audit.again")}
          </Button>
        </Group>
      </SimpleGrid>
      <Loaded read={read}>
        {({ edges, totalCount, pageInfo }) => (
          <>
            <DataTable
              label={t("audit.access")}
              columns={columns}
              rows={edges.map(({ cursor, node }) => ({ ...node, id: cursor })).toReversed()}
              empty={<Text>{t("audit.access.none")}</Text>}
            />
            <NewestFirstPager
              url={url}
              waiting={read.waiting}
              totalCount={totalCount}
              pageInfo={pageInfo}
            />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

/** An invalid time in the address counts as absent. */
function timeOf(text: string | null): string | null {
  const moment = momentIn(text);
  return moment && "time" in moment ? moment.time : null;
}

function useColumns(): Column<Entry>[] {
  const t = useText();
  const intl = useIntl();
  const channel = useChannel();
  return [
    {
      id: "at",
      header: t("audit.recorded"),
      cell: ({ at }) => (
        <time dateTime={at}>
          {intl.formatDate(at, { dateStyle: "short", timeStyle: "medium" })}
        </time>
      ),
    },
    {
      id: "actor",
      header: t("audit.actor"),
      cell: ({ actor: { id, displayName } }) => (
        <Anchor
          size="sm"
          component={Link}
          href={`/log/access?${new URLSearchParams({ actor: id })}`}
        >
          <bdi>{displayName}</bdi>
        </Anchor>
      ),
    },
    {
      id: "operation",
      header: t("audit.access.operation"),
      cell: ({ operation }) => <Code>{operation}</Code>,
    },
    {
      id: "about",
      header: t("audit.access.about"),
      cell: ({ about }) => (
        <Text size="xs" ff="monospace" dir="ltr">
          {toldOf(about)}
        </Text>
      ),
    },
    {
      id: "outcome",
      header: t("audit.access.outcome"),
      cell: ({ outcome }) =>
        outcome === "ALLOWED" ? t("audit.access.allowed") : <Badge color="red">{outcome}</Badge>,
    },
    { id: "channel", header: t("audit.channel"), cell: (one) => channel(one.channel) },
  ];
}

/** The arguments of an operation that are ids, numbers and times, in one line. */
export function toldOf(about: unknown): string {
  if (about === null || typeof about !== "object") return String(about);
  return Object.entries(about)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => (Array.isArray(about) ? toldOf(value) : `${name}: ${nested(value)}`))
    .filter((told) => !told.endsWith(": "))
    .join(", ");
}

function nested(value: unknown): string {
  const told = toldOf(value);
  return told && typeof value === "object" ? `(${told})` : told;
}
