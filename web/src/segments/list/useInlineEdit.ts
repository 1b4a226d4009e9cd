/** Renaming a segment, or giving it an ID, in its row of the list. */
import { useRef } from "react";
import type { Save } from "~/components/table/InlineEdit";
import { type EditOutcome, sendEdit } from "~/hooks/concurrentEdits";
import { problemOf } from "~/hooks/problem";
import { useText } from "~/intl/useText";
import { readFields, useSendSegment } from "~/segments/edit/sendSegment";
import type { Updated } from "~/segments/mutations";
import type { ListedSegment } from "~/segments/queries";
import { FIELDS, type SegmentFields } from "~/segments/segmentFields";
import { notifyWithUndo } from "~/undo/notifyWithUndo";

type Edited = EditOutcome<SegmentFields, Updated>;

/** Begins to edit the segment as it is now; each save is for what its editor has been shown. */
export function useInlineEdit(segment: ListedSegment, field: "name" | "code"): () => Save {
  const t = useText();
  const send = useSendSegment(segment.id);
  /** The version after one's own last save: what it typed is shown before it is answered. */
  const own = useRef(Promise.resolve(0));
  return () => {
    let { version } = segment;
    return async (text) => {
      if (field === "name" && !text) return t(FIELDS.name.required);
      const { outcome, conflict } = await after(own.current, (saved) => {
        version = Math.max(version, saved);
        return sendEdit(send, readFields, { [field]: text }, version);
      });
      const theirs = conflict?.theirs[field];
      if (conflict && theirs) {
        version = conflict.version;
        const value = theirs.value || t("segments.empty");
        return t("segments.conflict.in-place", { name: theirs.by, value });
      }
      if (outcome.kind === "done") notifyWithUndo(t("segments.saved"), outcome.payload.commandId);
      return problemOf(outcome, t);
    };
  };

  function after(before: Promise<number>, send: (saved: number) => Promise<Edited>) {
    const sent = before.then(send);
    own.current = sent.then(versionAfter);
    return sent;
  }
}

function versionAfter({ outcome }: Edited): number {
  return outcome.kind === "done" ? (outcome.payload.segment?.version ?? 0) : 0;
}
