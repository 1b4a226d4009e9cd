/** Changing a segment. Of what others record meanwhile, and of one's own, nothing is lost. */
import { useEffect, useRef, useState } from "react";
import { Meanwhile } from "~/components/ConcurrentEditNotice";
import { AwaitedDialog } from "~/components/loading/Awaited";
import { lazily } from "~/components/loading/lazyComponent";
import type { Outcome } from "~/graph/useCommand";
import { type Conflict, changesOf, clashes, conflictOf, type Field } from "~/hooks/concurrentEdits";
import { useDraft } from "~/hooks/useDraft";
import { useEdit } from "~/hooks/useEdit";
import { useSubmission } from "~/hooks/useSubmission";
import { useText } from "~/intl/useText";
import type { Updated } from "~/segments/mutations";
import type { Segment } from "~/segments/segment/SegmentPage";
import { toldWithUndo } from "~/undo/offer";
import { type SegmentFields, SegmentForm } from "./SegmentForm";

const ConflictDialog = lazily(() => import("~/components/dialogs/ConflictDialog"));

interface Props {
  readonly segment: Segment;
  readonly close: () => void;
}

export default function EditSegment({ segment, close }: Props) {
  const t = useText();
  const edit = useEdit();
  const draft = useDraft(segment);
  const name = useRef<HTMLInputElement>(null);
  const [conflict, setConflict] = useState<Conflict>();
  useEffect(() => {
    if (document.activeElement === document.body) name.current?.focus();
  }, []);
  const submission = useSubmission(draft.form, save, saved);

  async function save(fields: SegmentFields): Promise<Outcome<Updated>> {
    const { version, fields: before } = draft.base.current;
    const outcome = await edit(segment.id, version, changesOf(before, fields));
    const found = conflictOf(outcome, version);
    setConflict(found);
    return found ? saying(outcome, t("segments.conflict.told")) : outcome;
  }

  function saved({ segment: now, commandId }: Updated): void {
    const changed = now && now.version > draft.base.current.version;
    toldWithUndo(t("segments.saved"), changed ? commandId : null);
    close();
  }

  function choose(found: Conflict, keptMine: readonly Field[]): void {
    setConflict(undefined);
    void submission.submit(draft.settle(found, keptMine));
  }

  return (
    <>
      <SegmentForm form={draft.form} submission={submission} cancel={close} first={name}>
        {draft.behind && <Meanwhile segment={segment} />}
      </SegmentForm>
      {conflict && (
        <AwaitedDialog close={() => setConflict(undefined)}>
          <ConflictDialog
            mine={draft.form.values}
            conflict={conflict}
            fields={clashes(changesOf(draft.base.current.fields, draft.form.values), conflict)}
            choose={(keptMine) => choose(conflict, keptMine)}
            close={() => setConflict(undefined)}
          />
        </AwaitedDialog>
      )}
    </>
  );
}

/** The same refusal in the words of this page. */
function saying(outcome: Outcome<Updated>, message: string): Outcome<Updated> {
  if (outcome.kind !== "refused") return outcome;
  return { ...outcome, errors: outcome.errors.map((error) => ({ ...error, message })) };
}
