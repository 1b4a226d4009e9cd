/** The position of the read model, live. */
import { graphql } from "~/graph/graphql";

export const LOG_STATUS_CHANGED = graphql(`
  subscription Moved {
    logStatusChanged {
      readModel
    }
  }
`);
