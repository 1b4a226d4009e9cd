/** The normalised cache: one thing is kept once, and an edit shows at once wherever it stands. */
import { cacheExchange } from "@urql/exchange-graphcache";
import type { Exchange } from "urql";
import { optimistic } from "./optimistic";

/** Types that are parts of others, not things with an id of their own. */
const PARTS = [
  "AccessEntry",
  "AccessEntryConnection",
  "AccessEntryEdge",
  "Checkpoint",
  "DayOfActivity",
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

/** By interface, the types that a fragment on it stands for: of others its fields would not be read. */
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
