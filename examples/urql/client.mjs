/** An urql client: HTTP with uploads, subscriptions over a WebSocket, Graphcache by global ids. */
import { readFileSync } from "node:fs";
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { createClient } from "graphql-ws";
import { headersOf, URLS, webSocketOptions } from "../shared/site.mjs";

const TYPES = new URL("../shared/possible-types.json", import.meta.url);
const { possibleTypes, embedded } = JSON.parse(readFileSync(TYPES, "utf8"));

/** Edits that show before the answer; the payload has what a fragment on the segment may ask. */
const optimistic = {
  updateUserSegment: ({ input: { segment, expectedVersion, ...fields } }, cache) => {
    const entity = { __typename: "UserSegment", id: segment.id };
    const kept = (field) => cache.resolve(entity, field);
    return {
      __typename: "UserSegmentPayload",
      position: null,
      errors: [],
      segment: {
        ...entity,
        asOf: null,
        name: kept("name"),
        version: expectedVersion,
        updatedBy: kept("updatedBy"),
        ...fields,
      },
    };
  },
};

/** Graphcache joins pages of one list; what has no id is embedded in what it was asked of. */
export function createCache() {
  return cacheExchange({
    keys: Object.fromEntries(embedded.map((name) => [name, () => null])),
    possibleTypes: possibleTypes,
    resolvers: {
      Query: {
        accessLog: relayPagination(),
        events: relayPagination(),
        siteUserSegments: relayPagination(),
        users: relayPagination(),
      },
      User: { segments: relayPagination() },
      UserSegment: { history: relayPagination(), members: relayPagination() },
    },
    optimistic,
  });
}

/** The client of whoever has the token; `close` ends its WebSocket. */
export function createUrqlClient(token) {
  const socket = createClient(webSocketOptions(token));
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
  });
  const client = new Client({
    url: URLS.http,
    preferGetMethod: false,
    fetchOptions: { headers: headersOf(token) },
    exchanges: [createCache(), fetchExchange, subscriptionExchange({ forwardSubscription })],
  });
  return { client, close: () => socket.dispose() };
}
