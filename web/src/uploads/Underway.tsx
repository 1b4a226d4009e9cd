import { Group, Loader, Progress, Stack, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { useText } from "~/intl/useText";
import type { Uploading } from "./useUpload";

/** That the file is on its way, and then that it is being read. */
export function Underway({ uploading: { upload, sent } }: { uploading: Uploading }) {
  const t = useText();
  const intl = useIntl();
  const told = upload.doing === "recording" ? "uploads.recording" : "uploads.looking";
  const part = intl.formatNumber(sent, { style: "percent" });
  return (
    <Stack gap="xs" role="status">
      <Group gap="xs">
        <Loader size="xs" />
        <Text>{sent < 1 ? t("uploads.sending") : t(told)}</Text>
      </Group>
      <Progress.Root>
        <Progress.Section
          value={sent * 100}
          aria-label={t("uploads.sending")}
          aria-valuetext={part}
        />
      </Progress.Root>
    </Stack>
  );
}
