/** Runs what GraphiQL asks: subscriptions as server-sent events, all else by POST. */
import type { GraphiQLProps } from "graphiql";
import { type DocumentNode, getOperationAST } from "graphql";
import { createClient } from "graphql-sse";
import { authenticatedFetch } from "~/graph/transport/authenticatedFetch";

const stream = createClient({
  url: "/graphql/stream",
  fetchFn: authenticatedFetch,
  retryAttempts: 0, // whoever looks at it here wants to see that it ended
});

export const fetcher: GraphiQLProps["fetcher"] = ({ query, variables, operationName }, options) => {
  const request = { query, variables, ...(operationName && { operationName }) };
  return lasts(options?.documentAST, operationName) ? stream.iterate(request) : ask(request);
};

function lasts(document: DocumentNode | undefined, name: string | null | undefined): boolean {
  return !!document && getOperationAST(document, name)?.operation === "subscription";
}

async function ask(request: object) {
  const answer = await authenticatedFetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  });
  return answer.json();
}
