/** The site that an example speaks to: its address and who asks, from the environment. */
import WebSocket from "ws";

const {
  SEGMENTS_URL = "http://127.0.0.1:8000",
  SEGMENTS_TOKEN,
  SEGMENTS_TRAINER_TOKEN,
} = process.env;

export const URLS = {
  http: `${SEGMENTS_URL}/graphql`,
  webSocket: `${SEGMENTS_URL.replace(/^http/, "ws")}/graphql`,
};

/** Of a site admin, and of a training manager, who may not read the log. */
export const TOKENS = { admin: SEGMENTS_TOKEN, trainer: SEGMENTS_TRAINER_TOKEN };

/** Headers of every request: the token is all that it needs, uploads included. */
export function headersOf(token) {
  return { Authorization: `Bearer ${token}` };
}

/** Options of graphql-ws: the token goes into the first message. Browsers have a WebSocket. */
export function webSocketOptions(token) {
  return {
    url: URLS.webSocket,
    connectionParams: { Authorization: `Bearer ${token}` },
    webSocketImpl: WebSocket,
  };
}

/**
 * One operation, without any cache. `extensions.minPosition` waits for what was recorded there.
 * Throws an Error when it has errors.
 */
export async function ask(query, variables = {}, extensions = {}, token = TOKENS.admin) {
  const headers = { ...headersOf(token), "Content-Type": "application/json" };
  const body = JSON.stringify({ query, variables, extensions });
  const answer = await (await fetch(URLS.http, { method: "POST", headers, body })).json();
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}
