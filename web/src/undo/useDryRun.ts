import { useCallback, useEffect, useState } from "react";
import { type Outcome, useCommand } from "~/graph/useCommand";
import { UNDO, type Undone } from "./mutations";

/** Required by every undo; a dry run does not record it. */
const NOT_KEPT = "…";

export interface DryRun {
  /** The result, once it is known. */
  readonly outcome: Outcome<Undone> | undefined;
  readonly again: () => void;
}

/** Runs the undo of a command as a dry run. */
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
