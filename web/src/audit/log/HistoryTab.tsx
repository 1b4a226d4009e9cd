/** What happened to a segment, newest first; what happens now appears by itself. */

import { Stack } from "@mantine/core";
import { AwaitedPart } from "~/components/loading/Awaited";
import { Loaded } from "~/components/loading/Loaded";
import { lazily } from "~/components/loading/lazyComponent";
import { PAGE } from "~/components/table/paging";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { FactList } from "./EventList";
import { AgePager } from "./NewestFirstPager";
import { isNewest, newestFirst } from "./newestFirst";
import { HISTORY } from "./queries";

const MemberChart = lazily(() => import("~/audit/charts/MemberChart"));

export default function HistoryTab({ segment }: { segment: string }) {
  const t = useText();
  const url = useUrl();
  const read = useRead(HISTORY, { id: segment, ...newestFirst(url.get, PAGE) });
  return (
    <Stack>
      {isNewest(url.get) && (
        <AwaitedPart lines={4}>
          <MemberChart segment={segment} />
        </AwaitedPart>
      )}
      <Loaded read={read}>
        {({ userSegment }) => {
          if (!userSegment) return null; // the page says that it is gone
          const { nodes, totalCount, pageInfo } = userSegment.history;
          return (
            <>
              <FactList label={t("audit.history")} facts={nodes.toReversed()} />
              <AgePager
                url={url}
                waiting={read.waiting}
                totalCount={totalCount}
                pageInfo={pageInfo}
              />
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}
