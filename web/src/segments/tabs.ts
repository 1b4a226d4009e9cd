/** The tabs of Manage User Segments, for those who may use them. */

import type { Step } from "~/components/page/Page";
import type { Tab } from "~/components/page/Tabs";
import type { May } from "~/session/Viewer";

export const TRAIL: readonly Step[] = [
  { name: "app.user-management" },
  { name: "segments.title", path: "/segments" },
];

export function segmentsTabs(may: May): Tab[] {
  const tabs: Tab[] = [{ name: "segments.list", path: "/segments" }];
  if (may("CHANGE_SEGMENTS")) tabs.push({ name: "segments.add", path: "/segments/new" });
  if (may("CHANGE_SEGMENTS")) tabs.push({ name: "uploads.segments", path: "/segments/upload" });
  if (may("CHANGE_MEMBERS"))
    tabs.push({ name: "uploads.members", path: "/segments/upload-members" });
  return tabs;
}
