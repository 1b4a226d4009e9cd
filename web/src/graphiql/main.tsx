/** GraphiQL for developers, from our own build: it asks nobody but this service. */
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { fetching } from "~/graph/fetching";

createRoot(document.getElementById("root") as HTMLElement).render(
  <GraphiQL fetcher={ask} defaultEditorToolsVisibility="headers" />,
);

async function ask(params: object) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetching("/graphql", {
    method: "POST",
    headers,
    body: JSON.stringify(params),
  });
  return answer.json();
}
