import { graphql } from "relay-runtime";

/** A person with their segments, in pages: asked again by the person's id. */
graphql`
  fragment People_segments on User
  @refetchable(queryName: "PeopleSegmentsPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    displayName
    segments(first: $count, after: $cursor) @connection(key: "People_segments") {
      edges {
        node {
          ...Segments_row
        }
      }
    }
  }
`;

/** The roster of a segment, now or as of a moment, in pages. */
graphql`
  fragment People_members on UserSegment
  @refetchable(queryName: "PeopleMembersPaginationQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    members(first: $count, after: $cursor) @connection(key: "People_members") {
      edges {
        addedAt
        node {
          id
          displayName
        }
      }
    }
  }
`;

graphql`
  query PeoplePastQuery($id: ID!, $asOf: AsOf!, $count: Int) {
    userSegment(segment: { id: $id }, asOf: $asOf) {
      id
      ...People_members @arguments(count: $count)
      current {
        id
        ...People_members @arguments(count: $count)
      }
    }
  }
`;
