/** The log and the history of a segment. */
import { graphql } from "~/graph/graphql";

export const EVENT_FIELDS = graphql(`
  fragment EventFields on RecordedEvent @_unmask {
    id
    position
    type
    schemaVersion
    recordedAt
    reason
    channel
    commandId
    summary
    data
    actor {
      id
      displayName
    }
  }
`);

export const WHY_MEMBER = graphql(
  `
  query WhyMember($segment: ID!, $user: ID!, $asOf: AsOf) {
    user(user: { id: $user }) {
      id
      displayName
    }
    whyMember(
      segment: { id: $segment }
      user: { id: $user }
      asOf: $asOf
    ) {
      since
      source
      file
      row
      because {
        ...EventFields
      }
    }
  }
`,
  [EVENT_FIELDS],
);

export const LOG = graphql(
  `
  query Log($first: Int, $after: String, $last: Int, $before: String, $filter: EventFilter) {
    events(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      nodes {
        ...EventFields
        segment {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`,
  [EVENT_FIELDS],
);

export const HISTORY = graphql(
  `
  query SegmentHistory(
    $id: ID!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    userSegment(segment: { id: $id }) {
      id
      history(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        nodes {
          ...EventFields
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`,
  [EVENT_FIELDS],
);

export const NEWER_EVENTS = graphql(`
  query NewerFacts($filter: EventFilter!) {
    events(first: 1, filter: $filter) {
      totalCount
    }
  }
`);
