/** The form that edits a segment, with conflict resolution. */
import { useEffect, useRef } from "react";
import { ConcurrentEditNotice, EditConflicts } from "~/components/dialogs/EditConflicts";
import { useEditForm } from "~/hooks/useEditForm";
import { useText } from "~/intl/useText";
import type { Segment } from "~/segments/queries";
import { fieldsOf } from "~/segments/segmentFields";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { SegmentForm, useSegmentForm } from "./SegmentForm";
import { SEGMENT_CONFLICTS, useSendSegment, versionOf } from "./sendSegment";
import { useSegmentWords } from "./useSegmentWords";

interface Props {
  readonly segment: Segment;
  readonly close: () => void;
}

export default function EditSegment({ segment, close }: Props) {
  const t = useText();
  const words = useSegmentWords();
  const form = useSegmentForm(fieldsOf(segment));
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) name.current?.focus();
  }, []);
  const { submission, overtaken, conflict } = useEditForm({
    form,
    current: versionOf(segment),
    send: useSendSegment(segment.id),
    reader: SEGMENT_CONFLICTS,
    savedIn: (payload) => payload.segment && versionOf(payload.segment),
    done: ({ commandId }, changed) => {
      notifyWithUndo(t("segments.saved"), changed ? commandId : null);
      close();
    },
  });
  return (
    <>
      <SegmentForm form={form} submission={submission} cancel={close} first={name}>
        {overtaken && <ConcurrentEditNotice by={segment.updatedBy} at={segment.updatedAt} />}
      </SegmentForm>
      <EditConflicts conflict={conflict} {...words} />
    </>
  );
}
