import { graphql } from "relay-runtime";

/** A conflict brings the segment as it is now: it is shown before the answer is looked at. */
graphql`
  mutation CommandsRenameMutation($input: UpdateUserSegmentInput!) {
    updateUserSegment(input: $input) {
      position
      segment {
        ...Segments_row
      }
      errors {
        __typename
        code
        message
        ... on VersionConflict {
          currentVersion
          current {
            id
            ...Segments_row @alias(as: "segment")
          }
        }
      }
    }
  }
`;

graphql`
  mutation CommandsUploadMutation($input: UploadInput!) {
    uploadUserSegments(input: $input) {
      mode
      created
      position
      errors {
        __typename
        message
      }
    }
  }
`;

graphql`
  subscription CommandsEventsSubscription($after: LogPosition!, $segment: ID!) {
    events(after: $after, filter: { segment: $segment }) {
      id
      position
      type
      segment {
        ...Segments_row
      }
    }
  }
`;
