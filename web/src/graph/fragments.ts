/** What several documents ask for. */
import { graphql } from "./graphql";

/** Why a command was refused: `errors` of every payload. */
export const REJECTION = graphql(`
  fragment Rejection on UserError @_unmask {
    code
    message
    path
  }
`);

/** Beside it, of an edit: the events since the version that it expected. */
export const CONCURRENT_EVENTS = graphql(`
  fragment ConcurrentEvents on VersionConflict @_unmask {
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
`);

/** What is edited of a segment, and what its actions change. */
export const SEGMENT_FIELDS = graphql(`
  fragment SegmentFields on UserSegment @_unmask {
    id
    name
    code
    description
    visible
    status
    version
  }
`);
