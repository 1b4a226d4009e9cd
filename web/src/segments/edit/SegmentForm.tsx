/** The form of a segment, with all fields that are edited. */

import { Stack } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import type { ReactNode, RefObject } from "react";
import { FormFooter } from "~/components/FormFooter";
import type { Submission } from "~/hooks/useSubmission";
import { type Text, useText } from "~/intl/useText";
import {
  FIELD_NAMES,
  type FieldName,
  fieldOf,
  NEW_SEGMENT,
  type SegmentFields,
} from "~/segments/segmentFields";
import { SegmentInput } from "./SegmentInput";

export type SegmentFormState = UseFormReturnType<SegmentFields>;

/** Checks only for missing values: the rules are the service's. */
export function useSegmentForm(initialValues: SegmentFields = NEW_SEGMENT): SegmentFormState {
  const t = useText();
  return useForm({
    initialValues,
    validate: (fields) =>
      Object.fromEntries(FIELD_NAMES.map((name) => [name, missing(name, fields[name], t)])),
  });
}

function missing(name: FieldName, value: string | boolean, t: Text): string | null {
  const field = fieldOf(name);
  if (field.input === "checkbox" || !field.required || String(value).trim()) return null;
  return t(field.required);
}

interface Props {
  readonly form: SegmentFormState;
  readonly submission: Submission<SegmentFields>;
  readonly cancel: () => void;
  /** The first field. */
  readonly first?: RefObject<HTMLInputElement | null>;
  /** Shown above the buttons. */
  readonly children?: ReactNode;
}

export function SegmentForm({ form, submission, cancel, first, children }: Props) {
  return (
    <form onSubmit={form.onSubmit((fields) => void submission.submit(fields))} noValidate>
      <Stack maw={640}>
        {FIELD_NAMES.map((name, place) => (
          <SegmentInput key={name} form={form} name={name} line={place === 0 ? first : undefined} />
        ))}
        {children}
        <FormFooter submission={submission} cancel={() => submission.discard(cancel)} />
      </Stack>
    </form>
  );
}
