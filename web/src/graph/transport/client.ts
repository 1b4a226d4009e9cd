/** The GraphQL client, with the normalised cache. */
import { Client, type Exchange, fetchExchange, subscriptionExchange } from "urql";
import { cache } from "~/graph/cache";
import { authenticatedFetch } from "./authenticatedFetch";
import { minPosition } from "./minPosition";
import { makeSocket } from "./socket";
import { wholeAnswers } from "./wholeAnswers";

/** The client for queries, commands and subscriptions. */
export function makeClient(): Client {
  return new Client({
    url: "/graphql",
    fetch: authenticatedFetch,
    preferGetMethod: false,
    exchanges: [cache(), wholeAnswers, minPosition, fetchExchange, live()],
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
