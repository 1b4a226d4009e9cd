/** Commands on people. */
import { graphql } from "~/graph/graphql";

export const CREATE = graphql(`
  mutation CreateUser($input: CreateUserInput!) {
    createUser(input: $input) {
      user {
        id
        displayName
      }
      commandId
      position
      errors {
        code
        message
        path
      }
    }
  }
`);

export const UPDATE = graphql(`
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
        code
        message
        path
        ... on VersionConflict {
          since {
            id
            data
            recordedAt
            actor {
              id
              displayName
            }
          }
        }
      }
    }
  }
`);

export const ASSIGN_ROLES = graphql(`
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
        code
        message
        path
        ... on VersionConflict {
          since {
            id
            data
            recordedAt
            actor {
              id
              displayName
            }
          }
        }
      }
    }
  }
`);

export const ERASE = graphql(`
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
        code
        message
        path
      }
    }
  }
`);
