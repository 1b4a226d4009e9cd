/** Fragments that several documents share. */
import { graphql } from "./graphql";

/** An entry of `errors`, which every payload has. */
export const REJECTION = graphql(`
  fragment Rejection on UserError @_unmask {
    code
    message
    path
  }
`);

/** Beside it, for edits: the events since expectedVersion, which say who changed what. */
export const CONCURRENT_EVENTS = graphql(`
  fragment ConcurrentEvents on VersionConflict @_unmask {
    __typename
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

/** The fields of a segment that edits and actions change. */
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
