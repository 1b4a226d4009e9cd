/** What comes of a question, before it is kept or shown anywhere. */
import { mapExchange } from "urql";

/**
 * An answer that came with an error is none. What fails takes with it all around it that must not be
 * null, and what is null then may well be there: kept, it would say on every page that it is not.
 * So what was known stays, and the error is told. What commands and subscriptions bring goes past.
 */
export const wholeAnswers = mapExchange({
  onResult(result) {
    const { data: _, ...none } = result;
    return result.operation.kind === "query" && result.error ? none : result;
  },
});
