/** Fallbacks for code that could not be loaded, with automatic and manual retry. */
import { Alert, Button, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { notifyProblem } from "~/components/notify";
import { Page } from "~/components/page/Page";
import { connection } from "~/graph/transport/connection";
import { useText } from "~/intl/useText";
import type { Failed } from "./Boundary";
import { NotLoaded } from "./lazyComponent";
import { reloadOnce, whyNotLoaded } from "./version";
import { Waiting } from "./Waiting";

/** In place of a whole page. */
export function PageNotLoaded(failed: Failed) {
  const t = useText();
  const { atRest, byHand } = useRecovery(failed);
  if (!atRest) return <Waiting />;
  return (
    <Page title="common.not-loaded.page">
      <Text mb="md" role="alert">
        {t("common.not-loaded.why")}
      </Text>
      <Button variant="default" onClick={byHand}>
        {t("common.again")}
      </Button>
    </Page>
  );
}

/** In place of a part of one. */
export function PartNotLoaded(failed: Failed) {
  const t = useText();
  const { atRest, byHand } = useRecovery(failed);
  if (!atRest) return <Waiting />;
  return (
    <Alert color="red" role="alert" title={t("common.not-loaded.part")}>
      <Button variant="default" size="xs" onClick={byHand}>
        {t("common.again")}
      </Button>
    </Alert>
  );
}

/** In place of a dialog, which who asked for it may ask for again. */
export function DialogNotLoaded({ again, close }: Failed & { readonly close: () => void }) {
  const t = useText();
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once
  useEffect(() => {
    notifyProblem(t("common.not-loaded.dialog"));
    close();
    again();
  }, []);
  return null;
}

/** For a button whose menu could not be loaded: what pressing it does. */
export function usePressedInVain(failed: Failed): () => void {
  const t = useText();
  useRecovery(failed);
  return () => {
    notifyProblem(t("common.not-loaded.dialog"));
    failed.again();
  };
}

interface Recovery {
  /** Whether nothing more is done by itself, as long as the service does not come back. */
  readonly atRest: boolean;
  /**
   * Tries again by hand. A browser may remember that a file could not be had, so that after a second
   * time only a reload helps.
   */
  readonly byHand: () => void;
}

/** Tries again when the service is back; at once when it was never away; or takes another version. */
function useRecovery({ problem, times, again }: Failed): Recovery {
  const [atRest, setAtRest] = useState(!(problem instanceof NotLoaded));
  useReturn(again);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each problem
  useEffect(() => {
    let wanted = true;
    if (problem instanceof NotLoaded)
      void whyNotLoaded().then((why) => {
        if (!wanted) return;
        if (why === "same" && times === 1) again();
        else setAtRest(why !== "stale" || !reloadOnce());
      });
    return () => {
      wanted = false;
    };
  }, [problem, times]);
  const byHand = () =>
    void whyNotLoaded().then((why) => {
      if (why === "stale" || (why === "same" && times > 1)) location.reload();
      else again();
    });
  return { atRest, byHand };
}

/** Calls back when the service or the network has returned. */
function useReturn(act: () => void): void {
  useEffect(() => {
    const { returns } = connection.value;
    const unwatch = connection.watch(() => connection.value.returns > returns && act());
    addEventListener("online", act);
    return () => {
      unwatch();
      removeEventListener("online", act);
    };
  }, [act]);
}
