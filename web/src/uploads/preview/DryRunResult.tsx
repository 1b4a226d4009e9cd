/** The result of a dry run, with the commit button. */
import { Alert, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useText } from "~/intl/useText";
import type { Kind } from "~/uploads/kinds";
import type { Report } from "~/uploads/queries";
import { Doing } from "~/uploads/UploadProgress";
import { canRecord, isHindered } from "~/uploads/upload";
import type { Uploading } from "~/uploads/useUpload";
import { Counts } from "./Counts";
import { IgnoredColumns } from "./IgnoredColumns";
import { Preview } from "./Preview";
import { RowErrors } from "./RowErrors";

interface Props {
  readonly kind: Kind;
  readonly report: Report;
  readonly uploading: Uploading;
}

export function DryRunResult({ kind, report, uploading }: Props) {
  const t = useText();
  const looking = uploading.upload.doing === "looking";
  return (
    <Stack gap="lg" aria-busy={looking} opacity={looking ? 0.5 : 1}>
      <section aria-labelledby="looked">
        <Group mb="xs">
          <Title order={2} size="h4" id="looked">
            {t("uploads.looked")}
          </Title>
          {looking && <Doing uploading={uploading} />}
        </Group>
        <Stack gap="sm">
          <Counts report={report} kind={kind} />
          <IgnoredColumns names={report.ignoredColumns} />
          <NewSiteAdmins count={report.newSiteAdmins} />
          <Hindrance report={report} uploading={uploading} />
        </Stack>
      </section>
      <Record uploading={uploading} />
      <RowErrors report={report} />
      <Preview kind={kind} rows={report.preview} />
    </Stack>
  );
}

/** A file that gives away the site must not look like any other. */
function NewSiteAdmins({ count }: { count: number }) {
  const t = useText();
  if (count === 0) return null;
  return (
    <Alert color="red" role="alert" title={t("uploads.new-site-admins", { count })}>
      {t("uploads.new-site-admins.why")}
    </Alert>
  );
}

/** Bad rows that keep the good ones from being recorded, and the way past them. */
function Hindrance({ report, uploading }: Omit<Props, "kind">) {
  const t = useText();
  if (!isHindered(uploading.upload)) return null;
  return (
    <Alert color="yellow" title={t("uploads.hindered")}>
      <Stack gap="xs" align="flex-start">
        <Text>{t("uploads.hindered.why")}</Text>
        <Button variant="default" size="xs" onClick={() => uploading.set({ badRows: "SKIP_ROWS" })}>
          {t("uploads.hindered.skip", { count: report.rowsRejected })}
        </Button>
      </Stack>
    </Alert>
  );
}

function Record({ uploading }: { uploading: Uploading }) {
  const t = useText();
  const { upload, reason, explain, record } = uploading;
  const { seen, doing } = upload;
  if (isHindered(upload)) return null;
  if (seen && seen.created + seen.updated === 0 && doing === null)
    return <Text>{t("uploads.nothing-to-record")}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void record();
      }}
    >
      <Group align="flex-end">
        <TextInput
          label={t("common.reason")}
          description={t("common.reason.why")}
          maxLength={1000}
          dir="auto"
          flex="1 1 20rem"
          maw={640}
          value={reason}
          onChange={({ currentTarget: { value } }) => explain(value)}
        />
        <Button type="submit" disabled={!canRecord(upload)} loading={doing === "recording"}>
          {t("uploads.record")}
        </Button>
      </Group>
    </form>
  );
}
