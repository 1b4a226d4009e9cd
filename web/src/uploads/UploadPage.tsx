/** Uploads a file: choose, dry run, commit. */
import { Stack, VisuallyHidden } from "@mantine/core";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { useText } from "~/intl/useText";
import { trailFor, usersTabs } from "~/people/tabs";
import { segmentsTabs, TRAIL } from "~/segments/tabs";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { FileChoice } from "~/uploads/choose/FileChoice";
import { OptionFields } from "~/uploads/choose/OptionFields";
import { DryRunResult } from "~/uploads/preview/DryRunResult";
import { ProblemNote } from "~/uploads/preview/ProblemNote";
import { KINDS, type Kind, type KindName } from "./kinds";
import type { Report } from "./queries";
import { UploadProgress } from "./UploadProgress";
import { UploadResult } from "./UploadResult";
import { useUpload } from "./useUpload";

export default function UploadPage({ kind }: { kind: KindName }) {
  const may = useMay();
  const of = KINDS[kind];
  if (!may(of.needs)) return <NoAccess needs={of.needs} />;
  const [title, trail, tabs] =
    kind === "users"
      ? (["people.title", trailFor(may), usersTabs(may)] as const)
      : (["segments.title", TRAIL, segmentsTabs(may)] as const);
  return (
    <Page title={of.title} trail={trail}>
      <Tabs tabs={tabs} label={title} />
      <Steps kind={of} />
    </Page>
  );
}

function Steps({ kind }: { kind: Kind }) {
  const uploading = useUpload(kind);
  const { file, recorded, doing, seen } = uploading.upload;
  if (file && recorded)
    return <UploadResult kind={kind} file={file} report={recorded} again={uploading.beginAgain} />;
  return (
    <Stack gap="lg">
      <FileChoice kind={kind} uploading={uploading} />
      {file && <OptionFields kind={kind} uploading={uploading} />}
      <ProblemNote uploading={uploading} />
      {doing && !(seen && doing === "looking") && <UploadProgress uploading={uploading} />}
      <Summary report={doing ? null : seen} />
      {seen && <DryRunResult kind={kind} report={seen} uploading={uploading} />}
    </Stack>
  );
}

/** Announces the state to screen readers. */
function Summary({ report }: { report: Report | null }) {
  const t = useText();
  if (!report) return <VisuallyHidden role="status" />;
  const { rowsRead: read, rowsAccepted: accepted, rowsRejected: rejected } = report;
  return (
    <VisuallyHidden role="status">
      {t("uploads.summary", { read, accepted, rejected })}
    </VisuallyHidden>
  );
}
