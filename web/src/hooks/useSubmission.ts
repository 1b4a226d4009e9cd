/** Sending a form: refusals stand beside their fields, and a failure leaves everything as typed. */
import type { UseFormReturnType } from "@mantine/form";
import type { Outcome, Payload } from "~/graph/useCommand";
import { byField } from "./refusals";
import { useUnsaved } from "./unsaved";
import { useAction } from "./useAction";

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
  const discard = useUnsaved(form.isDirty());
  const action = useAction();
  return {
    sending: action.sending,
    problem: action.problem,
    discard,
    submit: (fields) =>
      action.send(
        () => send(fields),
        (payload) => discard(() => done(payload, fields)),
        (errors) => {
          const { beside, others } = byField(errors, Object.keys(fields));
          form.setErrors(beside);
          return others;
        },
      ),
  };
}
