/** Commands: idempotent, read by the next query, with refusals as values. */
import { useRef } from "react";
import {
  type CombinedError,
  type OperationContext,
  type OperationResult,
  type TypedDocumentNode,
  useClient,
} from "urql";
import { CommandIds } from "./commandIds";
import { advance } from "./position";

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

export interface Payload {
  readonly position: number | null;
  readonly errors: readonly Refusal[];
}

export type Outcome<P> =
  | { readonly kind: "done"; readonly payload: P }
  | { readonly kind: "refused"; readonly payload: P; readonly errors: readonly Refusal[] }
  | { readonly kind: "failed"; readonly error: CombinedError };

/** A mutation that has one field and takes one `input`. */
export type Command<P, Input> = TypedDocumentNode<Record<string, P>, { input: Input }>;

type Send<P, Input> = (
  input: Omit<Input, "commandId">,
  context?: Partial<OperationContext>,
) => Promise<Outcome<P>>;

/**
 * Runs commands by one mutation, one after the other. An unanswered one can safely be sent again.
 */
export function useCommand<P extends Payload, Input extends object>(
  mutation: Command<P, Input>,
): Send<P, Input> {
  const send = useCommands(mutation);
  return async (input, context) => {
    const outcome = await send("", input, context);
    if (outcome.kind !== "failed") advance(outcome.payload.position);
    return outcome;
  };
}

/**
 * Runs commands by one mutation on many subjects concurrently. Unanswered ones can safely be sent
 * again. The caller advances to the positions.
 */
export function useCommands<P extends Payload, Input extends object>(
  mutation: Command<P, Input>,
): (subject: string, ...sent: Parameters<Send<P, Input>>) => Promise<Outcome<P>> {
  const client = useClient();
  const commandIds = useRef(new CommandIds());
  return async (subject, input, context) => {
    const commandId = commandIds.current.idFor(subject, input);
    const sent = { ...input, commandId } as unknown as Input;
    const answer = await client.mutation(mutation, { input: sent }, context).toPromise();
    const outcome = outcomeOf(answer);
    if (outcome.kind !== "failed") commandIds.current.answered(subject);
    return outcome;
  };
}

function outcomeOf<P extends Payload>({
  data,
  error,
}: OperationResult<Record<string, P>>): Outcome<P> {
  const payload = data && Object.values(data)[0];
  if (error || !payload) return { kind: "failed", error: error as CombinedError };
  return payload.errors.length > 0
    ? { kind: "refused", payload, errors: payload.errors }
    : { kind: "done", payload };
}
