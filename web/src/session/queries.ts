/** Who is signed in. */
import { graphql } from "~/graph/graphql";

export const VIEWER = graphql(`
  query Viewer {
    viewer {
      id
      displayName
    }
    viewerMay
    viewerUser {
      id
    }
  }
`);
