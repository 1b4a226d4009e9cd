/** Sending a command: whether it is under way, and why it was not carried out. */
import { useState } from "react";
import type { Outcome, Payload, Refusal } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { useFocusKept } from "./focus";
import { problemOf } from "./problem";

/** Shows refusals elsewhere, such as beside their fields; returns those that are left. */
type ShowElsewhere = (errors: readonly Refusal[]) => readonly Refusal[];

export interface Action {
  readonly sending: boolean;
  /** What is wrong, as a sentence. */
  readonly problem: string | undefined;
  readonly send: <P extends Payload>(
    command: () => Promise<Outcome<P>>,
    done: (payload: P) => void,
    refused?: ShowElsewhere,
  ) => Promise<void>;
}

export function useAction(): Action {
  const t = useText();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  useFocusKept(sending);
  return {
    sending,
    problem,
    async send(command, done, refused = (errors) => errors) {
      setSending(true);
      setProblem(undefined);
      const outcome = await command();
      setSending(false);
      if (outcome.kind === "done") done(outcome.payload);
      else setProblem(problemOf(left(outcome, refused), t) ?? undefined);
    },
  };
}

function left<P>(outcome: Outcome<P>, refused: ShowElsewhere): Outcome<P> {
  if (outcome.kind !== "refused") return outcome;
  return { ...outcome, errors: refused(outcome.errors) };
}
