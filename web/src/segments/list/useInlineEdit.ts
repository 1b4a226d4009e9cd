/** Renaming a segment, or giving it an ID, in its row of the list. */
import { useRef } from "react";
import type { Save } from "~/components/table/InlineEdit";
import { type EditOutcome, sendEdit } from "~/hooks/concurrentEdits";
import { problemOf } from "~/hooks/problem";
import type { Versioned } from "~/hooks/useMergedForm";
import { useText } from "~/intl/useText";
import { SEGMENT_CONFLICTS, useSendSegment, versionOf } from "~/segments/edit/sendSegment";
import type { Updated } from "~/segments/mutations";
import type { ListedSegment } from "~/segments/queries";
import { FIELDS, type SegmentFields } from "~/segments/segmentFields";
import { notifyWithUndo } from "~/undo/notifyWithUndo";

type Edited = EditOutcome<SegmentFields, Updated>;
type Base = Versioned<SegmentFields>;

/** Begins to edit the segment as it is now; each save is for what its editor has been shown. */
export function useInlineEdit(segment: ListedSegment, field: "name" | "code"): () => Save {
  const t = useText();
  const send = useSendSegment(segment.id);
  /** What one's own last save left: what it typed is shown before it is answered. */
  const own = useRef(Promise.resolve<Base | null>(null));
  return () => {
    let base = versionOf(segment);
    return async (text) => {
      if (field === "name" && !text) return t(FIELDS.name.required);
      const { outcome, conflict } = await after(own.current, (saved) => {
        if (saved && saved.version > base.version) base = saved;
        return sendEdit(send, SEGMENT_CONFLICTS, { [field]: text }, base);
      });
      if (conflict) {
        base = conflict.current;
        const name = conflict.authors[field]?.by ?? "";
        const value = conflict.theirs[field] || t("segments.empty");
        return t("segments.conflict.in-place", { name, value });
      }
      if (outcome.kind === "done") notifyWithUndo(t("segments.saved"), outcome.payload.commandId);
      return problemOf(outcome, t);
    };
  };

  function after(before: Promise<Base | null>, send: (saved: Base | null) => Promise<Edited>) {
    const sent = before.then(send);
    own.current = sent.then(savedBy);
    return sent;
  }
}

function savedBy({ outcome }: Edited): Base | null {
  const saved = outcome.kind === "done" ? outcome.payload.segment : null;
  return saved && versionOf(saved);
}
