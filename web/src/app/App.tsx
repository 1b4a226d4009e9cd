/** Who is not signed in signs in; everybody else sees the pages, and what they may. */
import { Notifications } from "@mantine/notifications";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Provider } from "urql";
import { makeClient } from "~/graph/client";
import { useStore } from "~/graph/store";
import { RETURNING } from "~/session/provider";
import { Returned } from "~/session/Returned";
import { SignIn } from "~/session/SignIn";
import { isSession, session } from "~/session/session";
import { Viewer } from "~/session/Viewer";
import { arriving, Pages } from "./Pages";
import { Shell } from "./Shell";

/** Dialogs are loaded when one is needed. */
const SignInAgain = lazy(() => import("~/session/SignInAgain"));

/** The page is loaded while the service is asked who one is. */
const arrival = arriving(location.pathname);

export function App() {
  const current = useStore(session);
  if (location.pathname === RETURNING) return <Returned />;
  if (current === null) return <SignIn />;
  return (
    <>
      <Signed />
      {!isSession(current) && (
        <Suspense fallback={null}>
          <SignInAgain />
        </Suspense>
      )}
    </>
  );
}

function Signed() {
  const client = useMemo(makeClient, []);
  return (
    <Provider value={client}>
      <Notifications position="bottom-center" />
      <Viewer ready={useArrived()}>
        <Shell>
          <Pages />
        </Shell>
      </Viewer>
    </Provider>
  );
}

function useArrived(): boolean {
  const [arrived, setArrived] = useState(false);
  useEffect(() => void arrival.then(() => setArrived(true)), []);
  return arrived;
}
