/** The pages of the audit, for those who may see them. */
import type { Step } from "~/components/page/Page";
import type { Tab } from "~/components/page/Tabs";
import type { May } from "~/session/Viewer";

export const TRAIL: readonly Step[] = [{ name: "audit.title" }];

export function auditTabs(may: May): Tab[] {
  const past: Tab = { name: "audit.site-as-of", path: "/log/site-as-of" };
  if (!may("SEE_THE_LOG")) return [past];
  return [
    { name: "audit.log", path: "/log" },
    { name: "audit.access", path: "/log/access" },
    { name: "audit.proofs", path: "/log/proofs" },
    past,
  ];
}
