/** The WebSocket, which reconnects by itself with a valid token. */
import { type Client, createClient } from "graphql-ws";
import { currentToken, ended, fresh, signedIn } from "~/session/session";
import { back, lost } from "./connection";

/** graphql-transport-ws closes with it when a token is not, or no longer, good. */
const NOT_LET_IN = 4403;
const MAX_WAIT_MS = 2000;

export function makeSocket(): Client {
  let wasLetIn = false;

  function closed(event: unknown): void {
    const { code, wasClean } = event as CloseEvent;
    if (code === NOT_LET_IN) {
      // Whoever was let in tries again with a fresh token; only then the session is over.
      if (!wasLetIn) ended();
      wasLetIn = false;
    } else if (!wasClean) lost();
  }

  return createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql`,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => pause(spread(Math.min(MAX_WAIT_MS, 100 * 2 ** retries))),
    connectionParams: async () => {
      await signedIn();
      await fresh();
      return { Authorization: `Bearer ${currentToken() ?? ""}` };
    },
    on: {
      connected: () => {
        wasLetIn = true;
        back();
      },
      closed,
    },
  });
}

/** Jitter, so that pages do not reconnect all at once. */
function spread(milliseconds: number): number {
  return milliseconds * (0.75 + Math.random() / 2);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((go) => setTimeout(go, milliseconds));
}
