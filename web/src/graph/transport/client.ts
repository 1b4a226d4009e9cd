/** The GraphQL clients: one with the normalised cache, one for reads as of a moment. */
import { Client, cacheExchange, type Exchange, fetchExchange, subscriptionExchange } from "urql";
import { cache } from "~/graph/cache";
import { authenticatedFetch } from "./authenticatedFetch";
import { makeSocket } from "./socket";
import { wholeAnswers } from "./wholeAnswers";

/** The client for queries, commands and subscriptions. */
export function makeClient(): Client {
  return clientWith([cache(), wholeAnswers, fetchExchange, live()]);
}

/**
 * For reads as of a moment. They go past the normalised cache, which knows of each thing only as it
 * is now; what was cannot change, so each answer is kept whole.
 */
export function makeHistoricalClient(): Client {
  return clientWith([cacheExchange, wholeAnswers, fetchExchange]);
}

function clientWith(exchanges: Exchange[]): Client {
  return new Client({
    url: "/graphql",
    fetch: authenticatedFetch,
    preferGetMethod: false,
    exchanges,
  });
}

function live(): Exchange {
  const socket = makeSocket();
  return subscriptionExchange({
    forwardSubscription: (request) => ({
      subscribe: (sink) => ({
        unsubscribe: socket.subscribe(
          { ...request, query: request.query ?? "" },
          {
            next: ({ data, errors }) =>
              sink.next({ data: data ?? null, ...(errors && { errors: [...errors] }) }),
            error: sink.error,
            complete: sink.complete,
          },
        ),
      }),
    }),
  });
}
