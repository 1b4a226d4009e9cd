/** A Relay environment: HTTP with uploads, subscriptions over a WebSocket, a store by global ids. */
import { createClient } from "graphql-ws";
import runtime from "relay-runtime";
import { headersOf, URLS, webSocketOptions } from "../shared/site.mjs";

const { Environment, Network, Observable, RecordSource, Store } = runtime;

/** The `uploadables` of a mutation as the GraphQL multipart request specification has them. */
function multipart(operation, uploadables) {
  const form = new FormData();
  const paths = Object.keys(uploadables);
  form.append("operations", JSON.stringify(operation));
  form.append("map", JSON.stringify(Object.fromEntries(paths.map((path) => [path, [path]]))));
  for (const path of paths) form.append(path, uploadables[path], uploadables[path].name);
  return form;
}

function fetchBy(token) {
  return async ({ text }, variables, _cacheConfig, uploadables) => {
    const operation = { query: text, variables };
    const request = uploadables
      ? { headers: headersOf(token), body: multipart(operation, uploadables) }
      : {
          headers: { ...headersOf(token), "Content-Type": "application/json" },
          body: JSON.stringify(operation),
        };
    return (await fetch(URLS.http, { method: "POST", ...request })).json();
  };
}

function subscribeBy(client) {
  return ({ text, name }, variables) =>
    Observable.create((sink) =>
      client.subscribe({ query: text, operationName: name, variables }, sink),
    );
}

/** The environment of whoever has the token; `close` ends its WebSocket. */
export function createEnvironment(token) {
  const client = createClient(webSocketOptions(token));
  const environment = new Environment({
    network: Network.create(fetchBy(token), subscribeBy(client)),
    store: new Store(new RecordSource()),
  });
  return { environment, close: () => client.dispose() };
}
