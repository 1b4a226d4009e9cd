/** What can be done to a segment that exists. */
import { graphql, type ResultOf } from "~/graph/graphql";

export const UPDATE = graphql(`
  mutation UpdateUserSegment($input: UpdateUserSegmentInput!) {
    updateUserSegment(input: $input) {
      segment {
        id
        name
        code
        description
        visible
        status
        version
      }
      commandId
      position
      errors {
        code
        message
        path
        ... on VersionConflict {
          since {
            id
            data
            recordedAt
            actor {
              id
              displayName
            }
          }
        }
      }
    }
  }
`);

export const ARCHIVE = graphql(`
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
        code
        message
        path
      }
    }
  }
`);

export const RESTORE = graphql(`
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
        code
        message
        path
      }
    }
  }
`);

export const DELETE = graphql(`
  mutation DeleteUserSegment($input: SegmentCommandInput!) {
    deleteUserSegment(input: $input) {
      commandId
      position
      errors {
        code
        message
        path
      }
    }
  }
`);

export type Updated = ResultOf<typeof UPDATE>["updateUserSegment"];
