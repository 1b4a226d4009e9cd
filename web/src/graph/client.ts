/** The clients of the API: one with the normalised cache, and one for what is past. */
import { createClient as createSocket } from "graphql-ws";
import { Client, cacheExchange, type Exchange, fetchExchange, subscriptionExchange } from "urql";
import { currentToken, ended, fresh } from "~/session/session";
import { cache } from "./cache";
import { back, lost } from "./connection";
import { fetching } from "./fetching";

/** graphql-transport-ws closes with it when a token is not, or no longer, good. */
const NOT_LET_IN = 4403;
const LONGEST_WAIT = 2000;

const socket = createSocket({
  url: `${location.origin.replace(/^http/, "ws")}/graphql`,
  lazy: true,
  retryAttempts: Number.POSITIVE_INFINITY,
  shouldRetry: () => true,
  retryWait: (retries) =>
    pause(Math.min(LONGEST_WAIT, 100 * 2 ** retries) * (0.75 + Math.random() / 2)),
  connectionParams: async () => {
    await fresh();
    return { Authorization: `Bearer ${currentToken() ?? ""}` };
  },
  on: { connected: back, closed },
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((go) => setTimeout(go, milliseconds));
}

function closed(event: unknown): void {
  const { code, wasClean } = event as CloseEvent;
  if (code === NOT_LET_IN) ended();
  else if (!wasClean) lost();
}

/** Queries, commands and subscriptions of one who is signed in. */
export function makeClient(): Client {
  return clientWith([cache(), fetchExchange, live()]);
}

/**
 * For reads as of a moment. They go past the normalised cache, which knows of each thing only as it
 * is now; what was cannot change, so each answer is kept whole.
 */
export function makePastClient(): Client {
  return clientWith([cacheExchange, fetchExchange]);
}

function clientWith(exchanges: Exchange[]): Client {
  return new Client({ url: "/graphql", fetch: fetching, preferGetMethod: false, exchanges });
}

function live(): Exchange {
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
