/** The pages of the audit, for those who may see the log. */
import type { Step } from "~/parts/Page";
import type { Tab } from "~/parts/Tabs";

export const TRAIL: readonly Step[] = [{ name: "audit.title", path: "/log" }];

export const TABS: readonly Tab[] = [
  { name: "audit.log", path: "/log" },
  { name: "audit.access", path: "/log/access" },
  { name: "audit.proofs", path: "/log/proofs" },
];
