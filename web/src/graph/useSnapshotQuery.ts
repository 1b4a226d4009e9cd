/** Asking once: for what is past and cannot change, and for lists in which one must not lose one's place. */
import { useEffect } from "react";
import { type AnyVariables, type TypedDocumentNode, useQuery } from "urql";
import { connection } from "~/graph/transport/connection";
import { useStore } from "./store";
import { type Read, useKept } from "./useRead";

/** A document's answer; asked anew only by `again`, or when the service came back. */
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
