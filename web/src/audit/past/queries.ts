/** Reads as of a moment, and between two. */
import { SEGMENT_FIELDS } from "~/graph/fragments";
import { graphql } from "~/graph/graphql";

export const COMPARE_SEGMENT = graphql(`
  query CompareSegment(
    $id: ID!
    $from: AsOf!
    $to: AsOf!
    $people: Int!
    $joined: String
    $left: String
  ) {
    compareSegment(segment: { id: $id }, from: $from, to: $to) {
      before {
        id
        memberCount
      }
      after {
        id
        memberCount
      }
      changes {
        field
        before
        after
      }
      joined(first: $people, after: $joined) {
        totalCount
        nodes {
          id
          displayName
          username
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      left(first: $people, after: $left) {
        totalCount
        nodes {
          id
          displayName
          username
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const SITE_AS_OF = graphql(`
  query SiteAsOf(
    $asOf: AsOf!
    $search: String
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    siteUserSegments(
      asOf: $asOf
      search: $search
      first: $first
      after: $after
      last: $last
      before: $before
      filter: { status: [ACTIVE, ARCHIVED] }
    ) {
      totalCount
      nodes {
        id
        name
        code
        status
        visible
        memberCount
        current {
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
`);

export const SEGMENT_MOMENTS = graphql(`
  query MomentsOfSegment($id: ID!, $last: Int!, $before: String) {
    userSegment(segment: { id: $id }) {
      id
      history(last: $last, before: $before) {
        nodes {
          id
          position
          recordedAt
          summary
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

export const SEGMENT_AS_OF = graphql(
  `
  query SegmentAsOf($id: ID!, $asOf: AsOf!) {
    userSegment(segment: { id: $id }, asOf: $asOf) {
      ...SegmentFields
      memberCount
    }
  }
`,
  [SEGMENT_FIELDS],
);

export const MEMBERS_AS_OF = graphql(`
  query MembersAsOf(
    $id: ID!
    $asOf: AsOf!
    $first: Int
    $after: String
    $last: Int
    $before: String
    $search: String
  ) {
    userSegment(segment: { id: $id }, asOf: $asOf) {
      id
      members(first: $first, after: $after, last: $last, before: $before, search: $search) {
        totalCount
        edges {
          addedAt
          addedBy {
            id
            displayName
          }
          node {
            id
            displayName
            username
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
  }
`);
