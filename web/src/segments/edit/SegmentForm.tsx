/** The form fields of a segment. */

import { Checkbox, Stack, Textarea, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import type { ReactNode, RefObject } from "react";
import { FormFooter } from "~/components/FormFooter";
import type { Submission } from "~/hooks/useSubmission";
import { useText } from "~/intl/useText";
import type { SegmentFields } from "./sendSegment";

const EMPTY: SegmentFields = { name: "", code: "", description: "", visible: true };

export type SegmentFormState = UseFormReturnType<SegmentFields>;

/** Checks only for a missing name: the rules are the service's. */
export function useSegmentForm(initialValues: SegmentFields = EMPTY): SegmentFormState {
  const t = useText();
  return useForm({
    initialValues,
    validate: { name: (name) => (name.trim() ? null : t("segments.name.needed")) },
  });
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
  const t = useText();
  return (
    <form onSubmit={form.onSubmit((fields) => void submission.submit(fields))} noValidate>
      <Stack maw={640}>
        <TextInput
          ref={first}
          label={t("segments.name")}
          required
          maxLength={254}
          dir="auto"
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("segments.code")}
          description={t("segments.code.why")}
          maxLength={100}
          dir="auto"
          {...form.getInputProps("code")}
        />
        <Textarea
          label={t("segments.description")}
          description={t("segments.description.how")}
          autosize
          minRows={3}
          maxLength={10_000}
          dir="auto"
          {...form.getInputProps("description")}
        />
        <Checkbox
          label={t("segments.visible")}
          description={t("segments.visible.why")}
          {...form.getInputProps("visible", { type: "checkbox" })}
        />
        {children}
        <FormFooter submission={submission} cancel={() => submission.discard(cancel)} />
      </Stack>
    </form>
  );
}
