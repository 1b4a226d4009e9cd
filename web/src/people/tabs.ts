/** The tabs of Users and of one of them, for those who may use them. */
import type { Step } from "~/components/page/Page";
import type { Tab } from "~/components/page/Tabs";
import type { May } from "~/session/Viewer";

/** The way to somebody; who sees only themself comes by no list. */
export function trailFor(may: May): readonly Step[] {
  const list: Step = { name: "people.title", path: "/users" };
  return [{ name: "app.user-management" }, ...(may("SEE_ALL_USERS") ? [list] : [])];
}

export function usersTabs(may: May): Tab[] {
  const tabs: Tab[] = [{ name: "people.list", path: "/users" }];
  if (may("CHANGE_USERS"))
    tabs.push(
      { name: "people.add", path: "/users/new" },
      { name: "uploads.users", path: "/users/upload" },
    );
  return tabs;
}

export function userTabs(id: string): Tab[] {
  return [
    { name: "people.details", path: `/users/${id}` },
    { name: "people.segments", path: `/users/${id}/segments` },
  ];
}
