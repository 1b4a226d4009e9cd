/** Segments as the pages show them. */
import { SEGMENT_FIELDS } from "~/graph/fragments";
import { graphql, type ResultOf } from "~/graph/graphql";

export const SITE_USER_SEGMENTS = graphql(
  `
  query SiteUserSegments(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $search: String
    $filter: SegmentFilter
    $orderBy: SegmentOrder
  ) {
    siteUserSegments(
      first: $first
      after: $after
      last: $last
      before: $before
      search: $search
      filter: $filter
      orderBy: $orderBy
    ) {
      totalCount
      nodes {
        ...SegmentFields
        source
        memberCount
        createdAt
        updatedAt
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
  [SEGMENT_FIELDS],
);

export const SEGMENT = graphql(
  `
  query Segment($id: ID!) {
    userSegment(segment: { id: $id }) {
      ...SegmentFields
      source
      memberCount
      descriptionHtml
      createdAt
      createdBy {
        id
        displayName
      }
      updatedAt
      updatedBy {
        id
        displayName
      }
    }
  }
`,
  [SEGMENT_FIELDS],
);

/** A segment on its own page. */
export type Segment = NonNullable<ResultOf<typeof SEGMENT>["userSegment"]>;

/** A segment in the list. */
export type ListedSegment = NonNullable<
  ResultOf<typeof SITE_USER_SEGMENTS>["siteUserSegments"]
>["nodes"][number];

/** What decides which actions apply. */
export type SegmentState = Pick<Segment, "status" | "visible">;
