/** Sending a form: what is refused stands beside its field, what fails leaves everything as typed. */
import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { nameOf } from "~/components/loading/Failure";
import type { Outcome, Payload } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { useFocusKept } from "./focus";
import { byField } from "./refusals";
import { useUnsaved } from "./unsaved";

export interface Submission<Fields> {
  readonly sending: boolean;
  /** What is wrong and belongs to no field. */
  readonly problem: string | undefined;
  readonly submit: (fields: Fields) => Promise<void>;
  /** Leaves the form, what was typed need not be kept. */
  readonly discard: (leave: () => void) => void;
}

export function useSubmission<Fields extends object, P extends Payload>(
  form: UseFormReturnType<Fields>,
  send: (fields: Fields) => Promise<Outcome<P>>,
  done: (payload: P, sent: Fields) => void,
): Submission<Fields> {
  const t = useText();
  const discard = useUnsaved(form.isDirty());
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  useFocusKept(sending);

  async function submit(fields: Fields): Promise<void> {
    setSending(true);
    setProblem(undefined);
    const outcome = await send(fields);
    setSending(false);
    if (outcome.kind === "done") discard(() => done(outcome.payload, fields));
    else if (outcome.kind === "failed") setProblem(t(nameOf(outcome.error)));
    else {
      const { "": other, ...beside } = byField(outcome.errors, Object.keys(fields));
      form.setErrors(beside);
      setProblem(other);
    }
  }

  return { sending, problem, submit, discard };
}
