/** Documents for clients that read them as they are. Apollo and urql ask for __typename themselves. */
import { parse } from "graphql";

const ROW = `
  fragment Row on UserSegment {
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

export const LIST = parse(`
  query List($first: Int, $after: String, $search: String) {
    siteUserSegments(first: $first, after: $after, search: $search) {
      edges {
        cursor
        node { ...Row }
      }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
  ${ROW}
`);

export const NODE = parse(`query Node($id: ID!) { node(id: $id) { id ...Row } } ${ROW}`);

export const AS_OF = parse(`
  query AsOf($id: ID!, $asOf: AsOf!) {
    userSegment(segment: { id: $id }, asOf: $asOf) { ...Row current { ...Row } }
  }
  ${ROW}
`);

export const COMPARE = parse(`
  query Compare($id: ID!, $from: AsOf!, $to: AsOf!) {
    compareSegment(segment: { id: $id }, from: $from, to: $to) {
      before { ...Row }
      after { ...Row }
      changes { field before after }
    }
  }
  ${ROW}
`);

/** A conflict brings the segment as it is now: it is shown before the answer is looked at. */
export const RENAME = parse(`
  mutation Rename($input: UpdateUserSegmentInput!) {
    updateUserSegment(input: $input) {
      position
      segment { ...Row }
      errors {
        code
        message
        ... on VersionConflict { currentVersion current { id ...Row } }
      }
    }
  }
  ${ROW}
`);

export const UPLOAD = parse(`
  mutation Upload($input: UploadInput!) {
    uploadUserSegments(input: $input) { mode created position errors { code message } }
  }
`);

export const EVENTS = parse(`
  subscription Events($after: LogPosition!, $segment: ID!) {
    events(after: $after, filter: { segment: $segment }) {
      id
      position
      type
      segment { ...Row }
    }
  }
  ${ROW}
`);

/** The list, and beside it a field that not everybody may see. */
export const LOG = parse(`
  query Log($search: String) {
    siteUserSegments(first: 10, search: $search) { totalCount }
    events(last: 1) { totalCount }
  }
`);
