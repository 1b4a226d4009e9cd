import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/page.css";
import { DirectionProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "~/app/App";
import { Themed } from "~/app/Themed";
import { Translated } from "~/intl/Translated";

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <DirectionProvider>
      <Translated>
        <Themed>
          <App />
        </Themed>
      </Translated>
    </DirectionProvider>
  </StrictMode>,
);
