/** Commands on segments. */
import { CONCURRENT_EVENTS, REJECTION, SEGMENT_FIELDS } from "~/graph/fragments";
import { graphql, type ResultOf } from "~/graph/graphql";

/** A refusal, with the segment as it is now where it is not what the command relied on. */
const REFUSAL = graphql(
  `
  fragment SegmentRefusal on UserError @_unmask {
    ...Rejection
    ... on VersionConflict {
      current {
        __typename
        ...SegmentFields
      }
    }
    ... on Archived {
      current {
        __typename
        ...SegmentFields
      }
    }
  }
`,
  [REJECTION, SEGMENT_FIELDS],
);

export const UPDATE = graphql(
  `
  mutation UpdateUserSegment($input: UpdateUserSegmentInput!) {
    updateUserSegment(input: $input) {
      segment {
        ...SegmentFields
      }
      commandId
      position
      errors {
        ...SegmentRefusal
        ...ConcurrentEvents
      }
    }
  }
`,
  [SEGMENT_FIELDS, REFUSAL, CONCURRENT_EVENTS],
);

export const ARCHIVE = graphql(
  `
  mutation ArchiveUserSegment($input: SegmentCommandInput!) {
    archiveUserSegment(input: $input) {
      segment {
        id
        status
        version
      }
      commandId
      position
      errors {
        ...SegmentRefusal
      }
    }
  }
`,
  [REFUSAL],
);

export const RESTORE = graphql(
  `
  mutation RestoreUserSegment($input: SegmentCommandInput!) {
    restoreUserSegment(input: $input) {
      segment {
        id
        status
        version
      }
      commandId
      position
      errors {
        ...SegmentRefusal
      }
    }
  }
`,
  [REFUSAL],
);

export const DELETE = graphql(
  `
  mutation DeleteUserSegment($input: DeleteUserSegmentInput!) {
    deleteUserSegment(input: $input) {
      commandId
      position
      errors {
        ...SegmentRefusal
      }
    }
  }
`,
  [REFUSAL],
);

export type Updated = ResultOf<typeof UPDATE>["updateUserSegment"];

export const CREATE = graphql(
  `
  mutation CreateUserSegment($input: CreateUserSegmentInput!) {
    createUserSegment(input: $input) {
      segment {
        id
        name
      }
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
