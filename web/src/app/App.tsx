/** Who is not signed in signs in; everybody else sees the pages, and what they may. */
import { Notifications } from "@mantine/notifications";
import { useEffect, useMemo, useState } from "react";
import { Provider } from "urql";
import { makeClient } from "~/graph/client";
import { useStore } from "~/graph/store";
import { Boundary } from "~/parts/Boundary";
import { PageNotLoaded } from "~/parts/NotLoaded";
import { RETURNING } from "~/session/provider";
import { Returned } from "~/session/Returned";
import { SignIn } from "~/session/SignIn";
import { SignInAgain } from "~/session/SignInAgain";
import { isSession, session } from "~/session/session";
import { Viewer } from "~/session/Viewer";
import { arriving, Pages } from "./Pages";
import { Shell } from "./Shell";

/** The page is loaded while the service is asked who one is. */
const arrival = arriving(location.pathname);

export function App() {
  const current = useStore(session);
  if (location.pathname === RETURNING) return <Returned />;
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
