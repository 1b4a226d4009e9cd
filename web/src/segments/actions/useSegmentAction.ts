/** Runs an action on a segment, and notifies. */

import { notifyProblem } from "~/components/notify";
import { type Outcome, useCommand } from "~/graph/useCommand";
import { problemOf } from "~/hooks/problem";
import { useText } from "~/intl/useText";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { type ActionPayload, type SegmentAction, wordsOf } from "./actions";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Notifies of a refusal, unless a dialog, which passes a reason, shows it. */
export function useSegmentAction(action: SegmentAction) {
  const t = useText();
  const run = useCommand(action.mutation);
  return async ({ id, name }: Named, reason?: string | null): Promise<Outcome<ActionPayload>> => {
    const outcome = await run({ segment: { id }, ...action.fields, reason: reason ?? "" });
    const problem = problemOf(outcome, t);
    if (outcome.kind === "done")
      notifyWithUndo(t(wordsOf(action).done, { name }), outcome.payload.commandId);
    else if (problem && reason === undefined) notifyProblem(`${name}: ${problem}`);
    return outcome;
  };
}
