/** The events of a segment, newest first, updated live. */

import { Stack } from "@mantine/core";
import { AwaitedPart } from "~/components/loading/Awaited";
import { Loaded } from "~/components/loading/Loaded";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { PAGE } from "~/components/table/paging";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { EventList } from "./EventList";
import { NewestFirstPager } from "./NewestFirstPager";
import { isNewest, newestFirst } from "./newestFirst";
import { HISTORY } from "./queries";

const MemberChart = lazyComponent(() => import("~/audit/charts/MemberChart"));

export default function HistoryTab({ segment }: { segment: string }) {
  const t = useText();
  const url = useUrl();
  const read = useRead(HISTORY, { id: segment, ...newestFirst(url.get, PAGE) });
  if (read.data?.userSegment === null) return null; // the page says that it is gone
  return (
    <Stack>
      {isNewest(url.get) && (
        <AwaitedPart lines={4}>
          <MemberChart segment={segment} />
        </AwaitedPart>
      )}
      <Loaded read={partOf(read, ({ userSegment }) => userSegment?.history)}>
        {({ nodes, totalCount, pageInfo }) => (
          <>
            <EventList label={t("audit.history")} events={nodes.toReversed()} />
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
