/** The event log of the site, newest first. */

import { Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { auditTabs, TRAIL } from "~/audit/tabs";
import { AwaitedPart } from "~/components/loading/Awaited";
import { Loaded } from "~/components/loading/Loaded";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { FROM_THE_START, PAGE } from "~/components/table/paging";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { type Url, useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { EventList } from "./EventList";
import { filterIn, isFiltered } from "./filter";
import { LogFilters } from "./LogFilters";
import { NewEvents } from "./NewEvents";
import { NewestFirstPager } from "./NewestFirstPager";
import { isNewest, newestFirst } from "./newestFirst";
import { LOG } from "./queries";

const ActivityChart = lazyComponent(() => import("~/audit/charts/ActivityChart"));

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
        <LoggedEvents url={url} />
      </Stack>
    </Page>
  );
}

/** A snapshot, so that the page does not move; newer events are announced above it. */
function LoggedEvents({ url }: { url: Url }) {
  const t = useText();
  const filter = filterIn(url.get);
  const asked = useRead(LOG, { ...newestFirst(url.get, PAGE), filter }, { follows: false });
  const read = partOf(asked, ({ events }) => events);
  const newest = read.data?.nodes.at(-1)?.position ?? 0;
  const [seen, setSeen] = useState(0);
  useEffect(() => setSeen((known) => Math.max(known, newest)), [newest]);
  return (
    <>
      {read.data && (
        <NewEvents
          filter={filter}
          after={seen}
          show={() => {
            if (isNewest(url.get)) read.again();
            else url.set(FROM_THE_START);
          }}
        />
      )}
      <Loaded read={read}>
        {({ nodes, totalCount, pageInfo }) => (
          <>
            {nodes.length > 0 ? (
              <EventList label={t("audit.log")} events={nodes.toReversed()} />
            ) : (
              <Text>{t("audit.log.none")}</Text>
            )}
            <NewestFirstPager
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
