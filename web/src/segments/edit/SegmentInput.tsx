import { Checkbox, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { RefObject } from "react";
import { useText } from "~/intl/useText";
import { type FieldName, fieldOf, type SegmentFields } from "~/segments/segmentFields";

interface Props {
  readonly form: UseFormReturnType<SegmentFields>;
  readonly name: FieldName;
  /** The element, of a field on one line. */
  readonly line?: RefObject<HTMLInputElement | null> | undefined;
}

/** The input of one field of a segment. */
export function SegmentInput({ form, name, line }: Props) {
  const t = useText();
  const field = fieldOf(name);
  const words = { label: t(field.label), description: field.hint && t(field.hint) };
  if (field.input === "checkbox")
    return <Checkbox {...words} {...form.getInputProps(name, { type: "checkbox" })} />;
  const text = {
    ...words,
    required: field.required !== undefined,
    maxLength: field.maxLength,
    dir: "auto",
    ...form.getInputProps(name),
  };
  if (field.input === "paragraphs") return <Textarea {...text} autosize minRows={3} />;
  return <TextInput {...text} ref={line} />;
}
