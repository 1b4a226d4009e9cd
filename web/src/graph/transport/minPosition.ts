/**
 * Which position a read waits for. It goes with the whole operation, as `extensions.minPosition`,
 * since it changes no meaning: as an argument it would be part of every key of the cache.
 */
import { type Exchange, makeOperation, mapExchange, type Operation } from "urql";
import { position } from "~/graph/position";

/** By the key of a query with its variables: the position of its last answer. */
const answered = new Map<number, number>();

/** Whether the cache has an answer that is as new as what this page knows of. */
export function isCurrent(key: number): boolean {
  return (answered.get(key) ?? -1) >= position.value;
}

/** Sends the position known to this page with queries and subscriptions. */
export const minPosition: Exchange = mapExchange({
  onOperation(operation) {
    const reads = operation.kind === "query" || operation.kind === "subscription";
    return reads && position.value > 0 ? waiting(operation) : operation;
  },
  onResult({ operation, error, extensions }) {
    if (operation.kind !== "query" || error) return;
    const asked = Number(operation.extensions?.minPosition ?? 0);
    const told: unknown = extensions?.position;
    answered.set(operation.key, typeof told === "number" ? Math.max(asked, told) : asked);
  },
});

function waiting(operation: Operation): Operation {
  const extensions = { ...operation.extensions, minPosition: position.value };
  return makeOperation(operation.kind, { ...operation, extensions }, operation.context);
}
