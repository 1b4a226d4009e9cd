/** Commands on users. */
import { CONCURRENT_EVENTS, REJECTION } from "~/graph/fragments";
import { graphql, type ResultOf } from "~/graph/graphql";

/** What edits change of a user. */
const EDITED_USER = graphql(`
  fragment EditedUser on User @_unmask {
    id
    username
    email
    firstName
    lastName
    displayName
    code
    status
    roles
    version
  }
`);

/** A refusal, with the user as they are now where they are not what the command relied on. */
const REFUSAL = graphql(
  `
  fragment UserRefusal on UserError @_unmask {
    ...Rejection
    ...ConcurrentEvents
    ... on VersionConflict {
      current {
        __typename
        ...EditedUser
      }
    }
  }
`,
  [REJECTION, CONCURRENT_EVENTS, EDITED_USER],
);

export const CREATE = graphql(
  `
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      user {
        id
        displayName
      }
      commandId
      position
      errors {
        ...Rejection
      }
    }
  }
`,
  [REJECTION],
);

export const UPDATE = graphql(
  `
  mutation UpdateUser($input: UpdateUserInput!) {
    updateUser(input: $input) {
      user {
        ...EditedUser
      }
      commandId
      position
      errors {
        ...UserRefusal
      }
    }
  }
`,
  [EDITED_USER, REFUSAL],
);

export const ASSIGN_ROLES = graphql(
  `
  mutation AssignRoles($input: AssignRolesInput!) {
    assignRoles(input: $input) {
      user {
        ...EditedUser
      }
      commandId
      position
      errors {
        ...UserRefusal
      }
    }
  }
`,
  [EDITED_USER, REFUSAL],
);

/** What became of an edit, of either kind. */
export type UserEdited = ResultOf<typeof UPDATE>["updateUser"];

/** The user as they are now, if an edit was refused for what it relied on. */
export function currentUserIn(refusal: UserEdited["errors"][number]) {
  const current = refusal.__typename === "VersionConflict" ? refusal.current : null;
  return current?.__typename === "User" ? current : null;
}

export const ERASE = graphql(
  `
  mutation EraseUser($input: EraseUserInput!) {
    eraseUser(input: $input) {
      user {
        id
        status
        displayName
      }
      commandId
      position
      errors {
        ...Rejection
      }
    }
  }
`,
  [REJECTION],
);
