/** Subscribes to the position of the read model, by which all reads are refetched. */

import { useSubscription } from "urql";
import { hear } from "./position";
import { LOG_STATUS_CHANGED } from "./queries";

export function useLive(): void {
  useSubscription({ query: LOG_STATUS_CHANGED }, (_, told) => {
    hear(told.logStatusChanged.readModel);
    return told;
  });
}
