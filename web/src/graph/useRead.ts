/** Queries that are refetched when the log has moved on or the service has returned. */
import { useEffect, useRef } from "react";
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useQuery } from "urql";
import { connection } from "~/graph/transport/connection";
import { position } from "./position";
import { useStore } from "./store";

export interface Read<Data> {
  /** The last data, kept during a refetch and when that fails. */
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  /** Whether a request is under way. */
  readonly waiting: boolean;
  readonly again: () => void;
}

type Asked<V> = Omit<V, "minPosition">;

/** Runs a query. Its variable `minPosition` is set to the position known to this page. */
export function useRead<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Asked<Variables>,
  options: { pause?: boolean } = {},
): Read<Data> {
  const minPosition = useStore(position);
  const { returns } = useStore(connection);
  const [answer, ask] = useQuery({
    query,
    variables: { ...variables, minPosition } as unknown as Variables,
    pause: options.pause ?? false,
  });
  const kept = useKept(JSON.stringify(variables), answer.fetching ? undefined : answer.data);
  const again = () => ask({ requestPolicy: "network-only" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the service came back
  useEffect(() => {
    if (returns > 0 && !options.pause) again();
  }, [returns]);
  return {
    data: answer.data ?? kept,
    error: answer.error,
    waiting: answer.fetching || answer.stale,
    again,
  };
}

/** The last data for the same variables: a form that shows it survives a failed read. */
export function useKept<Data>(asked: string, answered: Data | undefined): Data | undefined {
  const last = useRef<{ asked: string; data: Data }>(undefined);
  if (answered) last.current = { asked, data: answered };
  return last.current?.asked === asked ? last.current.data : undefined;
}
