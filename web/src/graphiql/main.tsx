/** GraphiQL for developers, from our own build: it asks nobody but this service. */
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { authenticatedFetch } from "~/graph/transport/authenticatedFetch";

/** Something to begin with. Who is signed in to the console in this tab is signed in here. */
const FIRST = `# Site admin › User Management › Manage User Segments
{
  siteUserSegments(first: 10) {
    totalCount
    nodes {
      id
      name
      code
      memberCount
    }
  }
}
`;

createRoot(document.getElementById("root") as HTMLElement).render(
  <GraphiQL fetcher={ask} defaultQuery={FIRST} defaultEditorToolsVisibility="variables" />,
);

async function ask(params: object) {
  const headers = { "Content-Type": "application/json" };
  const answer = await authenticatedFetch("/graphql", {
    method: "POST",
    headers,
    body: JSON.stringify(params),
  });
  return answer.json();
}
