/** Sending a command that has no form: whether it is on its way, and what is wrong. */
import { useState } from "react";
import { nameOf } from "~/components/loading/Failure";
import type { Outcome, Payload, Refusal } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { useFocusKept } from "./focus";
import { byField } from "./refusals";

export interface Sending {
  readonly sending: boolean;
  readonly problem: string | undefined;
  readonly send: <P extends Payload>(
    command: () => Promise<Outcome<P>>,
    done: (payload: P) => void,
    /** What to do with refusals, instead of telling them; it says which are left to tell. */
    refused?: (errors: readonly Refusal[]) => readonly Refusal[],
  ) => Promise<void>;
}

export function useSending(): Sending {
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
      else if (outcome.kind === "failed") setProblem(t(nameOf(outcome.error)));
      else setProblem(byField(refused(outcome.errors), [])[""]);
    },
  };
}
