/** Users, roles and statuses of the API. */

import type { ResultOf } from "~/graph/graphql";
import type { USER } from "./queries";

export const ROLES = ["SITE_ADMIN", "TRAINING_MANAGER", "AUDITOR", "LEARNER"] as const;
export type Role = (typeof ROLES)[number];

/** The statuses of listed users; erased and removed ones are on no list. */
export const LISTED_STATUSES = ["ACTIVE", "SUSPENDED"] as const;

export type User = NonNullable<ResultOf<typeof USER>["user"]>;

/** Whether the user is active or suspended: others cannot be changed any more. */
export function isThere({ status }: Pick<User, "status">): boolean {
  return status === "ACTIVE" || status === "SUSPENDED";
}
