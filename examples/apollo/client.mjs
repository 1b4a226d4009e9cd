/** An Apollo Client: HTTP with uploads, subscriptions over a WebSocket, a cache by global ids. */
import { readFileSync } from "node:fs";
import { ApolloClient, ApolloLink, InMemoryCache } from "@apollo/client";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { getMainDefinition, relayStylePagination } from "@apollo/client/utilities";
import UploadHttpLink from "apollo-upload-client/UploadHttpLink.mjs";
import { createClient } from "graphql-ws";
import { headersOf, URLS, webSocketOptions } from "../shared/site.mjs";

const TYPES = new URL("../shared/possible-types.json", import.meta.url);
const { possibleTypes } = JSON.parse(readFileSync(TYPES, "utf8"));

/** Pages of one list are joined; lists of another filter, order or moment are other lists. */
const LISTS = {
  accessLog: relayStylePagination(["filter"]),
  events: relayStylePagination(["filter"]),
  siteUserSegments: relayStylePagination(["search", "filter", "orderBy", "asOf"]),
  users: relayStylePagination(["search", "filter"]),
};

export function createCache() {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: { fields: LISTS },
      User: { fields: { segments: relayStylePagination() } },
      UserSegment: {
        fields: { history: relayStylePagination(), members: relayStylePagination(["search"]) },
      },
    },
  });
}

const isSubscription = ({ query }) => getMainDefinition(query).operation === "subscription";

/** The client of whoever has the token; `close` ends its WebSocket. */
export function createApolloClient(token) {
  const socket = createClient(webSocketOptions(token));
  const http = new UploadHttpLink({ uri: URLS.http, headers: headersOf(token) });
  const link = ApolloLink.split(isSubscription, new GraphQLWsLink(socket), http);
  const client = new ApolloClient({
    cache: createCache(),
    link,
    // A field that is refused is null; the others stand.
    defaultOptions: { watchQuery: { errorPolicy: "all" }, query: { errorPolicy: "all" } },
  });
  return {
    client,
    close: () => {
      client.stop();
      return socket.dispose();
    },
  };
}
