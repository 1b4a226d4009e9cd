/** What the API knows of people, and in which words. */

import type { ResultOf } from "~/graph/graphql";
import type { USER } from "./queries";

export const ROLES = ["SITE_ADMIN", "TRAINING_MANAGER", "AUDITOR", "LEARNER"] as const;
export type Role = (typeof ROLES)[number];

/** Those who are on the site; who was erased or removed is on no list. */
export const LISTED_STATUSES = ["ACTIVE", "SUSPENDED"] as const;

export type User = NonNullable<ResultOf<typeof USER>["user"]>;

/** Whether they are still on the site: others cannot be changed any more. */
export function isThere({ status }: Pick<User, "status">): boolean {
  return status === "ACTIVE" || status === "SUSPENDED";
}
