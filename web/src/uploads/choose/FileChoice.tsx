/** Chooses the file by a button, or by drop anywhere on the page. */
import { Box, Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { DownloadButton } from "~/components/DownloadButton";
import { useText } from "~/intl/useText";
import type { Kind } from "~/uploads/kinds";
import type { Uploading } from "~/uploads/useUpload";
import classes from "./FileChoice.module.css";
import { useDrop } from "./useDrop";

const ACCEPTED = ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain";

export function FileChoice({ kind, uploading }: { kind: Kind; uploading: Uploading }) {
  const t = useText();
  const { upload, choose } = uploading;
  const { file } = upload;
  const busy = upload.doing === "recording";
  const over = useDrop(choose, busy);
  return (
    <Box className={classes.zone} data-over={over || undefined}>
      <Stack gap="xs" align="center">
        {file ? <Chosen file={file} /> : <Invitation kind={kind} />}
        <Group justify="center" gap="xs">
          <FileButton onChange={(chosen) => chosen && choose(chosen)} accept={ACCEPTED}>
            {(button) => (
              <Button {...button} variant={file ? "default" : "filled"} disabled={busy}>
                {t(file ? "uploads.choose-another" : "uploads.choose")}
              </Button>
            )}
          </FileButton>
          <DownloadButton
            path={`/files/templates/${kind.name}.csv`}
            name={`${kind.name}.csv`}
            variant="subtle"
          >
            {t("uploads.template")}
          </DownloadButton>
        </Group>
      </Stack>
    </Box>
  );
}

function Invitation({ kind }: { kind: Kind }) {
  const t = useText();
  return (
    <>
      <Text fw={600}>{t("uploads.drop")}</Text>
      <Text size="sm" ta="center" maw={720}>
        {t(kind.columns)}
      </Text>
      <Text size="sm" c="dimmed" ta="center" maw={720}>
        {t("uploads.first")}
      </Text>
    </>
  );
}

const UNITS = ["byte", "kilobyte", "megabyte"] as const;

function Chosen({ file }: { file: File }) {
  const intl = useIntl();
  const power = Math.min(2, Math.floor(Math.log10(Math.max(1, file.size)) / 3));
  const size = intl.formatNumber(file.size / 1000 ** power, {
    style: "unit",
    unit: UNITS[power] ?? "byte",
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  });
  return (
    <Text>
      <Text span fw={600} dir="auto">
        {file.name}
      </Text>{" "}
      <Text span c="dimmed">
        {size}
      </Text>
    </Text>
  );
}
