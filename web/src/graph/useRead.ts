/** Queries that are refetched when the log has moved on or the service has returned. */
import { useEffect, useRef } from "react";
import {
  type AnyVariables,
  type CombinedError,
  createRequest,
  type RequestPolicy,
  type TypedDocumentNode,
  useQuery,
} from "urql";
import { connection } from "~/graph/transport/connection";
import { isCurrent } from "~/graph/transport/minPosition";
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

interface Options {
  readonly pause?: boolean;
  /**
   * Whether it is refetched when the log moves on, as by default. Not what is past, which cannot
   * change, nor a list that must not move: those only by `again`, or after an error.
   */
  readonly follows?: boolean;
}

/** Runs a query, whose answer is at least as new as the position known to this page. */
export function useRead<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false, follows = true }: Options = {},
): Read<Data> {
  const { key } = createRequest(query, variables);
  const requestPolicy = useFirstPolicy(key, follows);
  const [answer, ask] = useQuery({ query, variables, pause, requestPolicy });
  const kept = useKept(JSON.stringify(variables), answer.fetching ? undefined : answer.data);
  const again = () => ask({ requestPolicy: "network-only" });
  useMoves(pause, ({ moved, returned }) => {
    if (follows ? returned || (moved && !isCurrent(key)) : returned && answer.error) again();
  });
  return {
    data: answer.data ?? kept,
    error: answer.error,
    waiting: answer.fetching || answer.stale,
    again,
  };
}

/** How a query is first asked. What follows the log shows nothing that is known to be older. */
function useFirstPolicy(key: number, follows: boolean): RequestPolicy {
  const first = useRef<{ key: number; policy: RequestPolicy }>(undefined);
  if (first.current?.key !== key)
    first.current = { key, policy: isCurrent(key) ? "cache-first" : "network-only" };
  return follows ? first.current.policy : "cache-and-network";
}

interface Moves {
  /** The log, to a greater position. */
  readonly moved: boolean;
  /** The service, after it could not be reached. */
  readonly returned: boolean;
}

/** Calls back when something has moved, but while paused, and just after. */
function useMoves(pause: boolean, react: (moves: Moves) => void): void {
  const reached = useStore(position);
  const { returns } = useStore(connection);
  const last = useRef({ reached, returns, pause });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each move
  useEffect(() => {
    const known = last.current;
    last.current = { reached, returns, pause };
    if (pause || known.pause) return;
    react({ moved: reached > known.reached, returned: returns > known.returns });
  }, [reached, returns, pause]);
}

/** The last data for the same variables: a form that shows it survives a failed read. */
export function useKept<Data>(asked: string, answered: Data | undefined): Data | undefined {
  const last = useRef<{ asked: string; data: Data }>(undefined);
  if (answered) last.current = { asked, data: answered };
  return last.current?.asked === asked ? last.current.data : undefined;
}
