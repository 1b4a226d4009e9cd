/**
 * Queries that are not refetched: for the past, which cannot change, and for lists that must not
 * move.
 */
import { useEffect } from "react";
import { type AnyVariables, type TypedDocumentNode, useQuery } from "urql";
import { connection } from "~/graph/transport/connection";
import { useStore } from "./store";
import { type Read, useKept } from "./useRead";

/** Runs a query; refetched only by `again`, or after an error when the service has returned. */
export function useSnapshotQuery<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Read<Data> {
  const { returns } = useStore(connection);
  const [answer, ask] = useQuery({ query, variables, requestPolicy: "cache-and-network" });
  const kept = useKept(JSON.stringify(variables), answer.fetching ? undefined : answer.data);
  const again = () => ask({ requestPolicy: "network-only" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the service came back
  useEffect(() => {
    if (returns > 0 && answer.error) again();
  }, [returns]);
  return {
    data: answer.data ?? kept,
    error: answer.error,
    waiting: answer.fetching || answer.stale,
    again,
  };
}
