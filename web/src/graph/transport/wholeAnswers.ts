/** Drops partial results of queries. */
import { mapExchange } from "urql";

/**
 * A query result with an error has no data. An error nulls the nearest nullable field, and cached
 * such a null would say on every page that the object does not exist. So the cache keeps what it
 * had, and the error is shown. Mutations and subscriptions pass unchanged.
 */
export const wholeAnswers = mapExchange({
  onResult(result) {
    const { data: _, ...none } = result;
    return result.operation.kind === "query" && result.error ? none : result;
  },
});
