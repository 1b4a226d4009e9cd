/** Why the dry run or the commit failed, with a way on. */
import { Alert, Button, Stack, Text } from "@mantine/core";
import { messageOf } from "~/intl/errorMessage";
import { useText } from "~/intl/useText";
import { MAX_FILE_BYTES, type Problem } from "~/uploads/upload";
import type { Uploading } from "~/uploads/useUpload";

export function ProblemNote({ uploading }: { uploading: Uploading }) {
  const t = useText();
  const { problem, doing } = uploading.upload;
  if (!problem || doing) return null;
  return (
    <Alert
      role="alert"
      color={problem.kind === "stale" ? "yellow" : "red"}
      title={t(`uploads.problem.${problem.kind}`)}
    >
      <Stack gap="xs" align="flex-start">
        <Why problem={problem} uploading={uploading} />
        {(problem.kind === "stale" || problem.kind === "failed") && (
          <Button variant="default" size="xs" onClick={uploading.look}>
            {t("uploads.look-again")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function Why({ problem, uploading }: { problem: Problem; uploading: Uploading }) {
  const t = useText();
  switch (problem.kind) {
    case "too-large":
      return <Text>{t("uploads.problem.too-large.why", { most: MAX_FILE_BYTES / 2 ** 20 })}</Text>;
    case "changed":
      return <Text>{t("uploads.problem.changed.why")}</Text>;
    case "stale":
      return <Text>{t("uploads.problem.stale.why")}</Text>;
    case "refused":
      return problem.messages.map((message) => (
        <Text key={message} dir="auto">
          {message}
        </Text>
      ));
    case "failed": {
      const on = uploading.upload.seen
        ? "uploads.problem.failed.record"
        : "uploads.problem.failed.look";
      return (
        <Text>
          {t(messageOf(problem.error))} {t(on)}
        </Text>
      );
    }
  }
}
