/** Hears, as long as the page is open, how far the read model is: what is shown follows it. */
import { useSubscription } from "urql";
import { graphql } from "./graphql";
import { hear } from "./position";

const MOVED = graphql(`
  subscription Moved {
    logStatusChanged {
      readModel
    }
  }
`);

export function useLive(): void {
  useSubscription({ query: MOVED }, (_, told) => {
    hear(told.logStatusChanged.readModel);
    return told;
  });
}
