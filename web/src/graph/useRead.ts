/** Asking: each question again whenever something may have changed, or the service came back. */
import { useEffect } from "react";
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useQuery } from "urql";
import { connection } from "./connection";
import { position } from "./position";
import { useStore } from "./store";

export interface Read<Data> {
  /** The last answer, which stays while a newer one is awaited. */
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  /** Whether an answer is awaited. */
  readonly waiting: boolean;
  readonly again: () => void;
}

type Asked<V> = Omit<V, "minPosition">;

/** A document's answer. A variable `minPosition` is filled with what this page knows of. */
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
  const again = () => ask({ requestPolicy: "network-only" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the service came back
  useEffect(() => {
    if (returns > 0 && !options.pause) again();
  }, [returns]);
  return {
    data: answer.data,
    error: answer.error,
    waiting: answer.fetching || answer.stale,
    again,
  };
}
