/** Hears, as long as the page is open, how far the read model is: what is shown follows it. */

import { useSubscription } from "urql";
import { hear } from "./position";
import { LOG_STATUS_CHANGED } from "./queries";

export function useLive(): void {
  useSubscription({ query: LOG_STATUS_CHANGED }, (_, told) => {
    hear(told.logStatusChanged.readModel);
    return told;
  });
}
