/** Users as the pages show them. */
import { graphql } from "~/graph/graphql";

export const USER = graphql(`
  query User($id: ID!) {
    user(user: { id: $id }) {
      id
      username
      email
      firstName
      lastName
      displayName
      code
      status
      roles
      createdAt
      updatedAt
      version
    }
  }
`);

export const USERS = graphql(`
  query Users(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $search: String
    $filter: UserFilter
  ) {
    users(
      first: $first
      after: $after
      last: $last
      before: $before
      search: $search
      filter: $filter
    ) {
      totalCount
      nodes {
        id
        displayName
        username
        email
        code
        status
        roles
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

export const SEGMENTS_OF_USER = graphql(`
  query SegmentsOf(
    $id: ID!
    $first: Int
    $after: String
    $last: Int
    $before: String
  ) {
    user(user: { id: $id }) {
      id
      segments(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        nodes {
          id
          name
          code
          status
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
