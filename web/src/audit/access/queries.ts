/** The access log. */
import { graphql } from "~/graph/graphql";

export const ACCESS_LOG = graphql(`
  query AccessLog($first: Int, $after: String, $last: Int, $before: String, $filter: AccessFilter) {
    accessLog(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
      totalCount
      edges {
        cursor
        node {
          at
          operation
          about
          outcome
          channel
          roles
          actor {
            id
            displayName
          }
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
