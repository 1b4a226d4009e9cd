/** Site admin › User Management › Manage User Segments: the Site User Segments list. */

import { Stack } from "@mantine/core";
import { Loaded } from "~/components/loading/Loaded";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { Pager } from "~/components/table/Pager";
import { SearchField } from "~/components/table/SearchField";
import { partOf } from "~/graph/partOf";
import { useRead } from "~/graph/useRead";
import { useUrl } from "~/hooks/useUrl";
import { useText } from "~/intl/useText";
import { BulkBar } from "~/segments/bulk/BulkBar";
import { useSelection } from "~/segments/bulk/useSelection";
import { SITE_USER_SEGMENTS } from "~/segments/queries";
import { segmentsTabs, TRAIL } from "~/segments/tabs";
import { useMay } from "~/session/Viewer";
import { Filters } from "./Filters";
import { toVariables } from "./listVariables";
import { SegmentsTable } from "./SegmentsTable";

export default function SegmentsPage() {
  const t = useText();
  const url = useUrl();
  const asked = useRead(SITE_USER_SEGMENTS, toVariables(url));
  const read = partOf(asked, ({ siteUserSegments }) => siteUserSegments);
  const choice = useSelection(read.data?.nodes);
  return (
    <Page title="segments.title" trail={TRAIL.slice(0, 1)}>
      <Tabs tabs={segmentsTabs(useMay())} label="segments.title" />
      <Stack gap="sm">
        <SearchField url={url} label={t("segments.search")} />
        <Filters url={url} />
        <BulkBar {...choice} />
        <Loaded read={read}>
          {({ nodes, totalCount, pageInfo }) => (
            <>
              <SegmentsTable rows={nodes} url={url} {...choice} />
              <Pager url={url} waiting={read.waiting} totalCount={totalCount} pageInfo={pageInfo} />
            </>
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}
