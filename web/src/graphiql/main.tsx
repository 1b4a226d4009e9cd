/** GraphiQL for developers, from our own build: it asks nobody but this service. */
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { fetcher } from "./fetcher";
import { TABS } from "./tabs";

/** Who is signed in to the console in this tab is signed in here. */
createRoot(document.getElementById("root") as HTMLElement).render(
  <GraphiQL fetcher={fetcher} defaultTabs={TABS} defaultEditorToolsVisibility="variables" />,
);
