/** Commands on segments. */
import { CONCURRENT_EVENTS, REJECTION, SEGMENT_FIELDS } from "~/graph/fragments";
import { graphql, type ResultOf } from "~/graph/graphql";

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
        ...Rejection
        ...ConcurrentEvents
      }
    }
  }
`,
  [SEGMENT_FIELDS, REJECTION, CONCURRENT_EVENTS],
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
        ...Rejection
      }
    }
  }
`,
  [REJECTION],
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
        ...Rejection
      }
    }
  }
`,
  [REJECTION],
);

export const DELETE = graphql(
  `
  mutation DeleteUserSegment($input: SegmentCommandInput!) {
    deleteUserSegment(input: $input) {
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
