/** The log itself, newest first: everything that ever happened on the site. */
import { Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { NoAccess } from "~/app/NoAccess";
import { graphql } from "~/graph/graphql";
import { useOnce } from "~/graph/useOnce";
import { useText } from "~/intl/useText";
import { AwaitedPart } from "~/parts/Awaited";
import { Loaded } from "~/parts/Loaded";
import { lazily } from "~/parts/lazily";
import { Page } from "~/parts/Page";
import { FROM_THE_START, PAGE } from "~/parts/paging";
import { Tabs } from "~/parts/Tabs";
import { type Url, useUrl } from "~/parts/useUrl";
import { useMay } from "~/session/Viewer";
import { AgePager } from "./AgePager";
import { FactList } from "./FactList";
import { FACT } from "./fact";
import { filterIn, isFiltered } from "./filter";
import { LogFilters } from "./LogFilters";
import { NewFacts } from "./NewFacts";
import { isNewest, newestFirst } from "./newest";
import { auditTabs, TRAIL } from "./tabs";

const ActivityChart = lazily(() => import("./charts/ActivityChart"));

export const LOG = graphql(
  `
  query Log($first: Int, $after: String, $last: Int, $before: String, $filter: EventFilter) {
    events(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      nodes {
        ...Fact
        segment {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`,
  [FACT],
);

export default function LogPage() {
  const may = useMay();
  const url = useUrl();
  if (!may("SEE_THE_LOG")) return <NoAccess needs="SEE_THE_LOG" />;
  return (
    <Page title="audit.log" trail={TRAIL}>
      <Tabs tabs={auditTabs(may)} label="audit.title" />
      <Stack>
        {isNewest(url.get) && !isFiltered(url.get) && (
          <AwaitedPart lines={4}>
            <ActivityChart />
          </AwaitedPart>
        )}
        <LogFilters url={url} />
        <Facts url={url} />
      </Stack>
    </Page>
  );
}

/** Stays as it was asked for, so that nobody loses their place; what is new is told above it. */
function Facts({ url }: { url: Url }) {
  const t = useText();
  const filter = filterIn(url.get);
  const read = useOnce(LOG, { ...newestFirst(url.get, PAGE), filter });
  const newest = read.data?.events.nodes.at(-1)?.position ?? 0;
  const [seen, setSeen] = useState(0);
  useEffect(() => setSeen((known) => Math.max(known, newest)), [newest]);
  return (
    <>
      {read.data && (
        <NewFacts
          filter={filter}
          after={seen}
          show={() => {
            if (isNewest(url.get)) read.again();
            else url.set(FROM_THE_START);
          }}
        />
      )}
      <Loaded read={read}>
        {({ events: { nodes, totalCount, pageInfo } }) => (
          <>
            {nodes.length > 0 ? (
              <FactList label={t("audit.log")} facts={nodes.toReversed()} />
            ) : (
              <Text>{t("audit.log.none")}</Text>
            )}
            <AgePager
              url={url}
              waiting={read.waiting}
              totalCount={totalCount}
              pageInfo={pageInfo}
            />
          </>
        )}
      </Loaded>
    </>
  );
}
