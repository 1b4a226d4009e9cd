/**
 * A form that edits something which others may edit, too. What they saved in other fields is kept as
 * it is; where both changed a field, one chooses, field by field, before anything is saved.
 */
import type { UseFormReturnType } from "@mantine/form";
import { useRef, useState } from "react";
import type { Outcome, Payload } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import {
  type ConcurrentEdits,
  type ConflictReader,
  resolved,
  type SendChanges,
  sendEdit,
} from "./concurrentEdits";
import { clashes } from "./merging";
import { useMergedForm, type Versioned } from "./useMergedForm";
import { type Submission, useSubmission } from "./useSubmission";

export interface EditConflict<Fields> {
  readonly edits: ConcurrentEdits<Fields>;
  readonly mine: Fields;
  /** The fields in which one of the two values is to be chosen. */
  readonly fields: readonly (keyof Fields)[];
  /** Saves the form, with theirs in every field that does not keep mine. */
  readonly choose: (keptMine: readonly (keyof Fields)[]) => void;
  readonly close: () => void;
}

export interface EditForm<Fields> {
  readonly submission: Submission<Fields>;
  /** The fields that were typed in. */
  readonly changes: (typed: Fields) => Partial<Fields>;
  /** Whether somebody else changed a field since one began to type. */
  readonly overtaken: boolean;
  /** What is to be chosen before it can be saved. */
  readonly conflict: EditConflict<Fields> | undefined;
}

interface Edit<Fields, P extends Payload> {
  readonly form: UseFormReturnType<Fields>;
  /** What is saved now. */
  readonly current: Versioned<Fields>;
  readonly send: SendChanges<Fields, P>;
  readonly reader: ConflictReader<Fields, P>;
  /** What the service answers that it has saved; null when it does not say. */
  readonly savedIn: (payload: P) => Versioned<Fields> | null;
  /** `changed`: whether anything was, by this command. */
  readonly done: (payload: P, changed: boolean) => void;
}

export function useEditForm<Fields extends object, P extends Payload>(
  edit: Edit<Fields, P>,
): EditForm<Fields> {
  const { form, current, send, reader, savedIn, done } = edit;
  const t = useText();
  const [edits, setEdits] = useState<ConcurrentEdits<Fields>>();
  const sentFor = useRef(0);
  const submission = useSubmission(form, save, ended);
  const { base, changes, overtaken, rebase, saved } = useMergedForm(
    form,
    current,
    submission.sending,
  );

  async function save(typed: Fields): Promise<Outcome<P>> {
    const sent = await sendEdit(send, reader, changes(typed), base());
    const { outcome, conflict } = sent;
    sentFor.current = sent.version;
    setEdits(conflict);
    return conflict ? withMessage(outcome, t("common.conflict.refused")) : outcome;
  }

  function ended(payload: P, sent: Fields): void {
    const now = savedIn(payload);
    const changed = now !== null && now.version > sentFor.current;
    if (now) saved(now, sent);
    done(payload, changed);
  }

  function choose(chosen: ConcurrentEdits<Fields>, keptMine: readonly (keyof Fields)[]): void {
    const mine = resolved(form.getValues(), chosen, keptMine);
    setEdits(undefined);
    rebase(chosen.current, mine);
    void submission.submit(mine);
  }

  return {
    submission,
    changes,
    overtaken,
    conflict: edits && {
      edits,
      mine: form.values,
      fields: clashes(changes(form.values), edits.theirs),
      choose: (keptMine) => choose(edits, keptMine),
      close: () => setEdits(undefined),
    },
  };
}

/** The same refusal, with another message. */
function withMessage<P>(outcome: Outcome<P>, message: string): Outcome<P> {
  if (outcome.kind !== "refused") return outcome;
  return { ...outcome, errors: outcome.errors.map((error) => ({ ...error, message })) };
}
