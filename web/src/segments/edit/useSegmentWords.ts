import type { FieldWords } from "~/components/dialogs/EditConflicts";
import { useText } from "~/intl/useText";
import type { SegmentFields } from "./sendSegment";

/** A segment's fields and their values, in words. */
export function useSegmentWords(): FieldWords<SegmentFields> {
  const t = useText();
  return {
    label: (field) => t(`segments.${field}`),
    text: (field, values) => {
      const value = values[field];
      if (typeof value !== "boolean") return value ?? "";
      return t(value ? "segments.visible" : "segments.hidden");
    },
  };
}
