/** People who are in a segment, or not. */
import { graphql } from "~/graph/graphql";

export const PEOPLE = graphql(`
  query People($first: Int, $search: String, $filter: UserFilter) {
    users(first: $first, search: $search, filter: $filter) {
      totalCount
      nodes {
        id
        displayName
        username
        email
        status
      }
    }
  }
`);
