/** The upload mutations, with one report for all. */
import { REJECTION } from "~/graph/fragments";
import { graphql, type ResultOf, type VariablesOf } from "~/graph/graphql";

const REPORT = graphql(
  `
  fragment UploadReport on UploadPayload @_unmask {
    mode
    rowsRead
    rowsAccepted
    rowsRejected
    created
    updated
    unchanged
    newSiteAdmins
    ignoredColumns
    rowErrors {
      row
      column
      message
      value
    }
    preview
    rejectedRows
    planHash
    commandId
    position
    errors {
      ...Rejection
    }
  }
`,
  [REJECTION],
);

export const UPLOAD_SEGMENTS = graphql(
  `
    mutation UploadUserSegments($input: UploadInput!) {
      uploadUserSegments(input: $input) {
        ...UploadReport
      }
    }
  `,
  [REPORT],
);

export const UPLOAD_MEMBERS = graphql(
  `
    mutation UploadSegmentMembers($input: UploadInput!) {
      uploadSegmentMembers(input: $input) {
        ...UploadReport
      }
    }
  `,
  [REPORT],
);

export const UPLOAD_USERS = graphql(
  `
    mutation UploadUsers($input: UploadInput!) {
      uploadUsers(input: $input) {
        ...UploadReport
      }
    }
  `,
  [REPORT],
);

/** The report of a dry run or a commit. */
export type Report = ResultOf<typeof REPORT>;
export type RowError = Report["rowErrors"][number];
export type UploadInput = VariablesOf<typeof UPLOAD_SEGMENTS>["input"];
