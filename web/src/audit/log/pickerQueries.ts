/** Segments and people to filter the log by. */
import { graphql } from "~/graph/graphql";

export const SEGMENT_OPTIONS = graphql(`
  query SegmentsToPick($search: String, $first: Int!) {
    siteUserSegments(
      search: $search
      first: $first
      filter: { status: [ACTIVE, ARCHIVED] }
    ) {
      nodes {
        id
        name
      }
    }
  }
`);

export const SEGMENT_OPTION = graphql(`
  query PickedSegment($id: ID!) {
    userSegment(segment: { id: $id }) {
      id
      name
    }
  }
`);

export const USER_OPTIONS = graphql(`
  query UsersToPick($search: String, $first: Int!) {
    users(search: $search, first: $first) {
      nodes {
        id
        displayName
        username
      }
    }
  }
`);

export const USER_OPTION = graphql(`
  query PickedUser($id: ID!) {
    user(user: { id: $id }) {
      id
      displayName
      username
    }
  }
`);
