/** Ready tabs: the first things that whoever writes a client wants to see. */
export const TABS = [
  `# A page of the Site User Segments list
query List {
  siteUserSegments(first: 10) {
    totalCount
    nodes {
      id
      name
      code
      memberCount
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  `# The same commandId again records nothing twice: replayed says so
mutation Create {
  createUserSegment(
    input: { name: "Night shift", code: "night", commandId: "graphiql-1" }
  ) {
    segment {
      id
      version
    }
    position
    replayed
    errors {
      code
      message
      path
    }
  }
}
`,
  `# An edit of a version that is not the present one: settle it from current
mutation Conflict {
  updateUserSegment(
    input: { segment: { code: "night" }, name: "Nights", expectedVersion: 7 }
  ) {
    errors {
      code
      message
      ... on VersionConflict {
        currentVersion
        current {
          ... on UserSegment {
            name
            version
          }
        }
        since {
          summary
        }
      }
    }
  }
}
`,
  `# The list as it was after the fortieth event of the log: ids tell the moment
query AsOf {
  siteUserSegments(asOf: { position: 40 }) {
    nodes {
      id
      asOf
      name
      current {
        id
        name
      }
    }
  }
}
`,
  `# Every event from the first on, then live
subscription Events {
  events(after: 0) {
    position
    summary
    recordedAt
  }
}
`,
].map((query) => ({ query }));
