/** Commands on users. */
import { CONCURRENT_EVENTS, REJECTION } from "~/graph/fragments";
import { graphql } from "~/graph/graphql";

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
        id
        username
        email
        firstName
        lastName
        displayName
        code
        status
        version
      }
      commandId
      position
      errors {
        ...Rejection
        ...ConcurrentEvents
      }
    }
  }
`,
  [REJECTION, CONCURRENT_EVENTS],
);

export const ASSIGN_ROLES = graphql(
  `
  mutation AssignRoles($input: AssignRolesInput!) {
    assignRoles(input: $input) {
      user {
        id
        roles
        version
      }
      commandId
      position
      errors {
        ...Rejection
        ...ConcurrentEvents
      }
    }
  }
`,
  [REJECTION, CONCURRENT_EVENTS],
);

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
