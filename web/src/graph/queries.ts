/** How far the log and the read model are. */
import { graphql } from "~/graph/graphql";

export const LOG_STATUS_CHANGED = graphql(`
  subscription Moved {
    logStatusChanged {
      readModel
    }
  }
`);
