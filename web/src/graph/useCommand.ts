/** Commanding: safe to repeat, seen by the next read, and with refusals as values. */
import { useRef } from "react";
import {
  type Client,
  type CombinedError,
  type OperationContext,
  type TypedDocumentNode,
  useClient,
} from "urql";
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

/**
 * Runs commands of one kind, one after the other.
 *
 * What is sent again because no answer came keeps its commandId: it is recorded once, however
 * often it is sent. Other content gets another one.
 */
export function useCommand<P extends Payload, Input extends object>(
  mutation: Command<P, Input>,
): (input: Omit<Input, "commandId">, context?: Partial<OperationContext>) => Promise<Outcome<P>> {
  const client = useClient();
  const unanswered = useRef({ content: "", commandId: "" });
  return async (input, context) => {
    const content = JSON.stringify(input, fileAsWhat);
    if (unanswered.current.content !== content)
      unanswered.current = { content, commandId: crypto.randomUUID() };
    const { commandId } = unanswered.current;
    const sent = { ...input, commandId } as unknown as Input;
    const outcome = await command(client, mutation, sent, context);
    if (outcome.kind === "failed") return outcome;
    unanswered.current = { content: "", commandId: "" };
    advance(outcome.payload.position);
    return outcome;
  };
}

/** Runs one command. Its commandId, and to advance to its position, are the caller's. */
export async function command<P extends Payload, Input extends object>(
  client: Client,
  mutation: Command<P, Input>,
  input: Input,
  context?: Partial<OperationContext>,
): Promise<Outcome<P>> {
  const answer = await client.mutation(mutation, { input }, context).toPromise();
  const payload = answer.data && Object.values(answer.data)[0];
  if (answer.error || !payload) return { kind: "failed", error: answer.error as CombinedError };
  return payload.errors.length > 0
    ? { kind: "refused", payload, errors: payload.errors }
    : { kind: "done", payload };
}

/** JSON knows nothing of files, and would take all for the same. */
function fileAsWhat(_: string, value: unknown): unknown {
  if (!(value instanceof File)) return value;
  return [value.name, value.size, value.lastModified];
}
