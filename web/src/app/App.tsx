/** Shows the sign-in to those who are not signed in, and else the pages. */
import { Notifications, notifications } from "@mantine/notifications";
import { useEffect, useMemo, useState } from "react";
import { Provider } from "urql";
import { Router } from "wouter";
import { UnsavedDialog } from "~/components/dialogs/UnsavedDialog";
import { Boundary } from "~/components/loading/Boundary";
import { PageNotLoaded } from "~/components/loading/NotLoaded";
import { useStore } from "~/graph/store";
import { makeClient } from "~/graph/transport/client";
import { CallbackPage } from "~/session/CallbackPage";
import { RETURNING } from "~/session/provider";
import { SignIn } from "~/session/SignIn";
import { SignInAgain } from "~/session/SignInAgain";
import { isSession, session } from "~/session/session";
import { Viewer } from "~/session/Viewer";
import { undoing } from "~/undo/undoing";
import { arriving, Pages } from "./Pages";
import { usePath, useSearch } from "./place";
import { Shell } from "./Shell";

/** Loads the page in parallel with the viewer query. */
const arrival = arriving(location.pathname);

export function App() {
  const current = useStore(session);
  if (location.pathname === RETURNING) return <CallbackPage />;
  if (current === null) return <SignIn />;
  return (
    <>
      <Boundary failed={(failed) => <PageNotLoaded {...failed} />}>
        <Signed />
      </Boundary>
      {!isSession(current) && <SignInAgain />}
    </>
  );
}

function Signed() {
  const client = useMemo(makeClient, []);
  useEffect(() => forgetting, []);
  return (
    <Provider value={client}>
      <Router hook={usePath} searchHook={useSearch}>
        <Notifications position="bottom-center" />
        <Viewer ready={useArrived()}>
          <Shell>
            <Pages />
          </Shell>
        </Viewer>
        <UnsavedDialog />
      </Router>
    </Provider>
  );
}

/** A new client per session: no cached data outlives a sign-out. */
function forgetting(): void {
  notifications.clean();
  undoing.set(null);
}

function useArrived(): boolean {
  const [arrived, setArrived] = useState(false);
  useEffect(() => void arrival.then(() => setArrived(true)), []);
  return arrived;
}
