import { Group, Loader, Progress, Stack, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { useText } from "~/intl/useText";
import type { Uploading } from "./useUpload";

/** The progress of sending the file, and then of reading it. */
export function UploadProgress({ uploading }: { uploading: Uploading }) {
  const t = useText();
  const intl = useIntl();
  const { sent } = uploading;
  return (
    <Stack gap="xs">
      <Doing uploading={uploading} />
      <Progress.Root>
        <Progress.Section
          value={sent * 100}
          aria-label={t("uploads.sending")}
          aria-valuetext={intl.formatNumber(sent, { style: "percent" })}
        />
      </Progress.Root>
    </Stack>
  );
}

/** The same in a line, beside what is still shown of the last look. */
export function Doing({ uploading: { upload, sent } }: { uploading: Uploading }) {
  const t = useText();
  const told = upload.doing === "recording" ? "uploads.recording" : "uploads.looking";
  return (
    <Group gap="xs" role="status">
      <Loader size="xs" />
      <Text size="sm">{t(sent < 1 ? "uploads.sending" : told)}</Text>
    </Group>
  );
}
