/** The members of a segment. */
import { graphql, type ResultOf } from "~/graph/graphql";

/** The service's maximum page size. */
export const PAGE = 100;

export const MEMBERS = graphql(`
  query Members(
    $id: ID!
    $first: Int
    $after: String
    $search: String
  ) {
    userSegment(segment: { id: $id }) {
      id
      members(first: $first, after: $after, search: $search) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          addedAt
          addedBy {
            id
            displayName
          }
          node {
            id
            displayName
            username
            email
            status
          }
        }
      }
    }
  }
`);

type Segment = NonNullable<ResultOf<typeof MEMBERS>["userSegment"]>;
export type Members = Segment["members"];
export type Member = Members["edges"][number];
