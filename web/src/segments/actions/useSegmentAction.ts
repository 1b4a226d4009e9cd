/** Doing a deed to one segment, and saying so. */

import { toldProblem } from "~/components/notify";
import { type Outcome, useCommand } from "~/graph/useCommand";
import { problemOf } from "~/hooks/problem";
import { useText } from "~/intl/useText";
import { toldWithUndo } from "~/undo/offer";
import { type Deed, type DeedPayload, wordsOf } from "./actions";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A refusal is told, unless who asks with a reason shows it. */
export function useDeed(deed: Deed) {
  const t = useText();
  const run = useCommand(deed.mutation);
  return async ({ id, name }: Named, reason?: string | null): Promise<Outcome<DeedPayload>> => {
    const outcome = await run({ segment: { id }, ...deed.fields, reason: reason ?? null });
    const problem = problemOf(outcome, t);
    if (outcome.kind === "done")
      toldWithUndo(t(wordsOf(deed).done, { name }), outcome.payload.commandId);
    else if (problem && reason === undefined) toldProblem(`${name}: ${problem}`);
    return outcome;
  };
}
