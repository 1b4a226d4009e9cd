/** The normalised cache: an edit shows at once on every part of the page. */
import { cacheExchange } from "@urql/exchange-graphcache";
import type { Exchange } from "urql";
import { optimistic } from "./optimistic";

/** Types without an id: embedded in their parents. */
const PARTS = [
  "AccessEntry",
  "AccessEntryConnection",
  "AccessEntryEdge",
  "ActivityDay",
  "Checkpoint",
  "FieldChange",
  "InclusionProof",
  "LogStatus",
  "MemberCount",
  "MembershipReason",
  "PageInfo",
  "RecordedEventConnection",
  "RecordedEventEdge",
  "SegmentComparison",
  "SegmentMemberConnection",
  "SegmentMemberEdge",
  "UserConnection",
  "UserEdge",
  "UserSegmentConnection",
  "UserSegmentEdge",
  "UndoConflict",
  "UploadRowError",
  "InvalidValue",
  "NotFound",
  "CodeTaken",
  "VersionConflict",
  "CommandRefused",
  "UserSegmentPayload",
  "DeleteUserSegmentPayload",
  "SegmentMembersPayload",
  "UserPayload",
  "UploadPayload",
  "UndoCommandPayload",
] as const;

/** The types of each interface, for fragments on it. */
export const POSSIBLE_TYPES = {
  Node: ["UserSegment", "User", "RecordedEvent"],
  UserError: ["CodeTaken", "CommandRefused", "InvalidValue", "NotFound", "VersionConflict"],
};

export function cache(): Exchange {
  return cacheExchange({
    keys: Object.fromEntries(PARTS.map((name) => [name, () => null])),
    optimistic,
    possibleTypes: POSSIBLE_TYPES,
  });
}
