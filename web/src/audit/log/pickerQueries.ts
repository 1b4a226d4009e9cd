/** Segments and people to filter the log by. */
import { graphql } from "~/graph/graphql";

export const SEGMENT_OPTIONS = graphql(`
  query SegmentsToPick($search: String, $first: Int!, $minPosition: LogPosition) {
    siteUserSegments(
      search: $search
      first: $first
      filter: { status: [ACTIVE, ARCHIVED] }
      minPosition: $minPosition
    ) {
      nodes {
        id
        name
      }
    }
  }
`);

export const SEGMENT_OPTION = graphql(`
  query PickedSegment($id: ID!, $minPosition: LogPosition) {
    userSegment(segment: { id: $id }, minPosition: $minPosition) {
      id
      name
    }
  }
`);

export const USER_OPTIONS = graphql(`
  query UsersToPick($search: String, $first: Int!, $minPosition: LogPosition) {
    users(search: $search, first: $first, minPosition: $minPosition) {
      nodes {
        id
        displayName
        username
      }
    }
  }
`);

export const USER_OPTION = graphql(`
  query PickedUser($id: ID!, $minPosition: LogPosition) {
    user(user: { id: $id }, minPosition: $minPosition) {
      id
      displayName
      username
    }
  }
`);
