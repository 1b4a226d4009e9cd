import type { FieldWords } from "~/components/dialogs/EditConflicts";
import { useText } from "~/intl/useText";
import { FIELDS, fieldInWords, type SegmentFields } from "~/segments/segmentFields";

/** A segment's fields and their values, in words. */
export function useSegmentWords(): FieldWords<SegmentFields> {
  const t = useText();
  return {
    label: (field) => t(FIELDS[field].label),
    text: (field, values) => fieldInWords(field, values, t),
  };
}
