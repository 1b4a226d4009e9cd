/** Around what is shown as of a moment: see makePastClient. */
import { type ReactNode, useMemo } from "react";
import { Provider } from "urql";
import { makePastClient } from "~/graph/transport/client";

export function HistoricalClient({ children }: { children: ReactNode }) {
  return <Provider value={useMemo(makePastClient, [])}>{children}</Provider>;
}
