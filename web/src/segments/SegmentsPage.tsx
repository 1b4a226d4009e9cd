/** Site admin › User Management › Manage User Segments: the Site User Segments list. */
import { Stack } from "@mantine/core";
import { useRead } from "~/graph/useRead";
import { useText } from "~/intl/useText";
import { Loaded } from "~/parts/Loaded";
import { Page } from "~/parts/Page";
import { Pager } from "~/parts/Pager";
import { SearchField } from "~/parts/SearchField";
import { Tabs } from "~/parts/Tabs";
import { useUrl } from "~/parts/useUrl";
import { useMay } from "~/session/Viewer";
import { BulkBar } from "./BulkBar";
import { Filters } from "./Filters";
import { asked, SITE_USER_SEGMENTS } from "./list";
import { SegmentsTable } from "./SegmentsTable";
import { segmentsTabs, TRAIL } from "./tabs";
import { useChosen } from "./useChosen";

export default function SegmentsPage() {
  const t = useText();
  const url = useUrl();
  const read = useRead(SITE_USER_SEGMENTS, asked(url));
  const choice = useChosen(read.data?.siteUserSegments.nodes);
  return (
    <Page title="segments.title" trail={TRAIL.slice(0, 1)}>
      <Tabs tabs={segmentsTabs(useMay())} label="segments.title" />
      <Stack gap="sm">
        <SearchField url={url} label={t("segments.search")} />
        <Filters url={url} />
        <BulkBar {...choice} />
        <Loaded read={read}>
          {({ siteUserSegments: { nodes, totalCount, pageInfo } }) => (
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
