/** A segment: details, members and history, each in a tab. */

import { Alert } from "@mantine/core";
import { useRef } from "react";
import { Route, Switch, useLocation } from "wouter";
import { AwaitedPart } from "~/components/loading/Awaited";
import { Loaded } from "~/components/loading/Loaded";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { NotFound } from "~/components/page/NotFound";
import { Page } from "~/components/page/Page";
import { type Tab, Tabs } from "~/components/page/Tabs";
import { useRead } from "~/graph/useRead";
import { isNotFound } from "~/intl/errorMessage";
import { useText } from "~/intl/useText";
import { SEGMENT, type Segment } from "~/segments/queries";
import { TRAIL } from "~/segments/tabs";
import { type May, useMay } from "~/session/Viewer";
import { SegmentDetails } from "./SegmentDetails";
import { SegmentHeader } from "./SegmentHeader";

const GonePage = lazyComponent(() => import("~/audit/past/GonePage"));
const SegmentPast = lazyComponent(() => import("~/audit/past/SegmentPast"));
const MembersTab = lazyComponent(() => import("~/memberships/members/MembersTab"));
const AssignTab = lazyComponent(() => import("~/memberships/assign/AssignTab"));

export default function SegmentPage({ id }: { id: string }) {
  const read = useRead(SEGMENT, { id });
  if (!read.data && isNotFound(read.error)) return <NotFound />;
  return (
    <Loaded read={read}>{({ userSegment }) => <Found id={id} segment={userSegment} />}</Loaded>
  );
}

/** A segment that is deleted meanwhile stays on the page: its form may have unsaved changes. */
function Found({ id, segment }: { id: string; segment: Segment | null }) {
  const last = useRef(segment);
  if (segment) last.current = segment;
  if (last.current) return <Shown segment={last.current} gone={!segment} />;
  return (
    <AwaitedPart>
      <GonePage segment={id} />
    </AwaitedPart>
  );
}

function Shown({ segment, gone }: { segment: Segment; gone: boolean }) {
  const t = useText();
  const may = useMay();
  const [place] = useLocation();
  return (
    <Page
      name={segment.name}
      trail={TRAIL}
      actions={<SegmentHeader segment={segment} gone={gone} />}
    >
      {gone && (
        <Alert color="yellow" mb="md" title={t("segments.gone")}>
          {t("segments.gone.why")}
        </Alert>
      )}
      <Tabs tabs={tabsOf(segment, may)} label="segments.tabs" />
      <AwaitedPart place={place}>
        <Switch>
          <Route path="/segments/:id">
            <SegmentDetails segment={segment} />
          </Route>
          <Route path="/segments/:id/members">
            <MembersTab segment={segment} />
          </Route>
          <Route path="/segments/:id/assign">
            <AssignTab segment={segment} />
          </Route>
          <Route>
            <SegmentPast segment={segment.id} createdAt={segment.createdAt} />
          </Route>
        </Switch>
      </AwaitedPart>
    </Page>
  );
}

function tabsOf({ id, status }: Segment, may: May): Tab[] {
  const tabs: Tab[] = [
    { name: "segments.details", path: `/segments/${id}` },
    { name: "memberships.members", path: `/segments/${id}/members` },
  ];
  if (may("CHANGE_MEMBERS") && status === "ACTIVE")
    tabs.push({ name: "memberships.assign", path: `/segments/${id}/assign` });
  if (may("SEE_THE_PAST"))
    tabs.push(
      { name: "audit.history", path: `/segments/${id}/history` },
      { name: "audit.as-of", path: `/segments/${id}/as-of` },
      { name: "audit.compare", path: `/segments/${id}/compare` },
    );
  return tabs;
}
