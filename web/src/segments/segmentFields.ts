/**
 * The fields of a segment that are edited, in their order. The form, the details, the comparison of
 * moments, conflicts and the preview of an upload show what stands here.
 */
import type { SEGMENT_FIELDS } from "~/graph/fragments";
import type { ResultOf, VariablesOf } from "~/graph/graphql";
import type { MessageId } from "~/intl/locale";
import type { Text } from "~/intl/useText";
import type { UPDATE } from "./mutations";

type UpdateInput = VariablesOf<typeof UPDATE>["input"];
/** What the schema lets one edit: it does not compile until each of it is listed below. */
type Editable = Exclude<keyof UpdateInput, "segment" | "expectedVersion" | "commandId" | "reason">;

interface Labelled {
  readonly label: MessageId;
  /** Explains the field in the form. */
  readonly hint?: MessageId;
}

interface TextField extends Labelled {
  readonly input: "line" | "paragraphs";
  /** In characters. */
  readonly maxLength: number;
  /** What to say when it is missing, if it is required. */
  readonly required?: MessageId;
  /** Sent as null rather than empty. */
  readonly nullable?: true;
}

interface Flag extends Labelled {
  readonly input: "checkbox";
  /** The label in the details, beside one of the words. */
  readonly title: MessageId;
  readonly words: { readonly yes: MessageId; readonly no: MessageId };
  /** In a new segment. */
  readonly initial: boolean;
}

export type SegmentField = TextField | Flag;

export const FIELDS = {
  name: {
    label: "segments.name",
    input: "line",
    maxLength: 254,
    required: "segments.name.needed",
  },
  code: {
    label: "segments.code",
    hint: "segments.code.why",
    input: "line",
    maxLength: 100,
    nullable: true,
  },
  description: {
    label: "segments.description",
    hint: "segments.description.how",
    input: "paragraphs",
    maxLength: 10_000,
  },
  visible: {
    label: "segments.visible",
    hint: "segments.visible.why",
    input: "checkbox",
    title: "segments.visibility",
    words: { yes: "segments.visible", no: "segments.hidden" },
    initial: true,
  },
} as const satisfies Record<Editable, SegmentField>;

export type FieldName = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

export function fieldOf(name: FieldName): SegmentField {
  return FIELDS[name];
}

/** The fields as the service answers them: null for none, where a field may be without. */
export type SavedFields = Pick<ResultOf<typeof SEGMENT_FIELDS>, FieldName>;

/** The fields as a form has them: empty for none. */
export type SegmentFields = { [F in FieldName]: NonNullable<SavedFields[F]> };

export const NEW_SEGMENT = fromEach((name) => {
  const field = fieldOf(name);
  return field.input === "checkbox" ? field.initial : "";
});

export function fieldsOf(segment: SavedFields): SegmentFields {
  return fromEach((name) => segment[name] ?? "");
}

/** Changes as the service takes them. */
export function inputOf(changes: Partial<SegmentFields>): Partial<SavedFields> {
  const names = FIELD_NAMES.filter((name) => changes[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, sent(fieldOf(name), changes[name])]));
}

function sent(field: SegmentField, value: unknown): unknown {
  return value === "" && "nullable" in field ? null : value;
}

/** A field's value in words; empty when there is none. */
export function fieldInWords(name: FieldName, values: Partial<SavedFields>, t: Text): string {
  const field = fieldOf(name);
  if (field.input === "checkbox") return t(values[name] ? field.words.yes : field.words.no);
  return String(values[name] ?? "");
}

function fromEach(value: (name: FieldName) => string | boolean): SegmentFields {
  return Object.fromEntries(FIELD_NAMES.map((name) => [name, value(name)])) as SegmentFields;
}
