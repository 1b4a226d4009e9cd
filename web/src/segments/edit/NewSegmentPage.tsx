/** The form that creates a segment. */

import { useLocation } from "wouter";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { useCommand } from "~/graph/useCommand";
import { useSubmission } from "~/hooks/useSubmission";
import { useText } from "~/intl/useText";
import { CREATE } from "~/segments/mutations";
import { segmentsTabs, TRAIL } from "~/segments/tabs";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { SegmentForm, useSegmentForm } from "./SegmentForm";

export default function NewSegmentPage() {
  const t = useText();
  const may = useMay();
  const form = useSegmentForm();
  const [, go] = useLocation();
  const submission = useSubmission(form, useCommand(CREATE), ({ segment, commandId }) => {
    notifyWithUndo(t("segments.created", { name: segment?.name ?? "" }), commandId);
    go("/segments");
  });
  if (!may("CHANGE_SEGMENTS")) return <NoAccess needs="CHANGE_SEGMENTS" />;
  return (
    <Page title="segments.add" trail={TRAIL}>
      <Tabs tabs={segmentsTabs(may)} label="segments.title" />
      <SegmentForm form={form} submission={submission} cancel={() => go("/segments")} />
    </Page>
  );
}
