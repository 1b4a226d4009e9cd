/** Provides the client for reads as of a moment: see makeHistoricalClient. */
import { type ReactNode, useMemo } from "react";
import { Provider } from "urql";
import { makeHistoricalClient } from "~/graph/transport/client";

export function HistoricalClient({ children }: { children: ReactNode }) {
  return <Provider value={useMemo(makeHistoricalClient, [])}>{children}</Provider>;
}
