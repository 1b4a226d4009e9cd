import { useCallback, useEffect, useState } from "react";
import { type Outcome, useCommand } from "~/graph/useCommand";
import { UNDO, type Undone } from "./mutations";

/** A dry run records nothing, so neither this; but every undo must carry a reason. */
const NOT_KEPT = "…";

export interface DryRun {
  /** What the undo would come to, as soon as that is known. */
  readonly outcome: Outcome<Undone> | undefined;
  readonly again: () => void;
}

/** Asks what taking back a command would come to. */
export function useDryRun(command: string): DryRun {
  const undo = useCommand(UNDO);
  const [outcome, setOutcome] = useState<Outcome<Undone>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again only for another command
  const ask = useCallback(() => {
    let awaited = true;
    setOutcome(undefined);
    void undo({ command, mode: "DRY_RUN", reason: NOT_KEPT }).then(
      (answer) => awaited && setOutcome(answer),
    );
    return () => {
      awaited = false;
    };
  }, [command]);
  useEffect(ask, [ask]);
  return { outcome, again: () => void ask() };
}
