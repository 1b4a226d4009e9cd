import { graphql } from "relay-runtime";

/** What is shown of one segment, now or as of a moment; asked again by its id. */
graphql`
  fragment Segments_row on UserSegment @refetchable(queryName: "SegmentsRowRefetchQuery") {
    id
    asOf
    name
    version
    updatedBy {
      id
      displayName
    }
  }
`;

/** Pages of the list, for usePaginationFragment. */
graphql`
  fragment Segments_list on Query
  @refetchable(queryName: "SegmentsListPaginationQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 2 }
    cursor: { type: "String" }
    search: { type: "String" }
  ) {
    siteUserSegments(first: $count, after: $cursor, search: $search)
      @connection(key: "Segments_siteUserSegments", filters: ["search"]) {
      edges {
        node {
          id
          ...Segments_row
        }
      }
    }
  }
`;

graphql`
  query SegmentsListQuery($count: Int, $search: String) {
    ...Segments_list @arguments(count: $count, search: $search)
  }
`;

graphql`
  query SegmentsAsOfQuery($id: ID!, $asOf: AsOf!) {
    userSegment(segment: { id: $id }, asOf: $asOf) {
      ...Segments_row
      current {
        ...Segments_row
      }
    }
  }
`;

graphql`
  query SegmentsCompareQuery($id: ID!, $from: AsOf!, $to: AsOf!) {
    compareSegment(segment: { id: $id }, from: $from, to: $to) {
      before {
        ...Segments_row
      }
      after {
        ...Segments_row
      }
      changes {
        field
        before
        after
      }
    }
  }
`;

/** The list, and beside it a field that not everybody may see. */
graphql`
  query SegmentsLogQuery($search: String) {
    siteUserSegments(first: 10, search: $search) {
      totalCount
    }
    events(last: 1) {
      totalCount
    }
  }
`;
