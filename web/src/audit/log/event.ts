/** An event as the lists of events show it. */

import type { ResultOf } from "~/graph/graphql";
import type { EVENT_FIELDS } from "./queries";

export interface RecordedEvent extends ResultOf<typeof EVENT_FIELDS> {
  /** The segment's current name, where the page does not show it already. */
  readonly segment?: { readonly name: string } | null;
}

/** Every type of event; a test holds it to the catalogue of the domain. */
export const EVENT_TYPES = [
  "members.added",
  "members.removed",
  "segment.archived",
  "segment.created",
  "segment.deleted",
  "segment.edited",
  "segment.reinstated",
  "segment.restored",
  "user.created",
  "user.edited",
  "user.erased",
  "user.reinstated",
  "user.removed",
  "user.roles_assigned",
] as const;

/** The segment that an event is about, if it is about one. */
export function segmentOf({ data }: RecordedEvent): string | null {
  const { segmentId } = data as { segmentId?: unknown };
  return typeof segmentId === "string" ? segmentId : null;
}
