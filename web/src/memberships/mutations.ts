/** Adding users to a segment and removing them, all or none. */
import { REJECTION } from "~/graph/fragments";
import { graphql, type ResultOf, type VariablesOf } from "~/graph/graphql";

export const ADD = graphql(
  `
  mutation AddUsersToSegment($input: SegmentMembersInput!) {
    addUsersToSegment(input: $input) {
      segment {
        id
        memberCount
      }
      changed
      unchanged
      commandId
      position
      errors {
        ...Rejection
      }
    }
  }
`,
  [REJECTION],
);

export const REMOVE = graphql(
  `
  mutation RemoveUsersFromSegment($input: SegmentMembersInput!) {
    removeUsersFromSegment(input: $input) {
      segment {
        id
        memberCount
      }
      changed
      unchanged
      commandId
      position
      errors {
        ...Rejection
      }
    }
  }
`,
  [REJECTION],
);

/** What both payloads share. */
export type MembershipResult = Pick<
  ResultOf<typeof ADD>["addUsersToSegment"],
  "changed" | "unchanged" | "commandId" | "position" | "errors"
>;

/** Many people, named in one way. */
export type Named = VariablesOf<typeof ADD>["input"]["users"];
