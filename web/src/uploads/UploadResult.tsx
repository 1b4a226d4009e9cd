/** The result of a commit, with undo. */
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import { useText } from "~/intl/useText";
import type { Undone } from "~/undo/mutations";
import { UndoDialog } from "~/undo/UndoDialog";
import { Counts } from "~/uploads/preview/Counts";
import { RowErrors } from "~/uploads/preview/RowErrors";
import type { Kind } from "./kinds";
import type { Report } from "./queries";

interface Props {
  readonly kind: Kind;
  readonly file: File;
  readonly report: Report;
  readonly again: () => void;
}

export function UploadResult({ kind, file, report, again }: Props) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const [undone, setUndone] = useState<Undone>();
  const title = useRef<HTMLDivElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <Stack gap="lg">
      <Alert
        color={undone ? "gray" : "green"}
        ref={title}
        tabIndex={-1}
        role="status"
        title={t(undone ? "uploads.undone" : "uploads.recorded")}
      >
        <Stack gap="sm" align="flex-start">
          <Text dir="auto">{file.name}</Text>
          {undone && <Text>{t("undo.done", { count: undone.undone })}</Text>}
          <Group gap="sm">
            {report.commandId && !undone && (
              <Button variant="default" size="xs" onClick={() => setAsking(true)}>
                {t("uploads.undo")}
              </Button>
            )}
            <Button variant="default" size="xs" onClick={again}>
              {t("uploads.another")}
            </Button>
            <Anchor component={Link} href={kind.lookAt.path}>
              {t(kind.lookAt.name)}
            </Anchor>
          </Group>
        </Stack>
      </Alert>
      <Counts report={report} kind={kind} />
      <RowErrors report={report} />
      {asking && report.commandId && (
        <UndoDialog command={report.commandId} done={setUndone} close={() => setAsking(false)} />
      )}
    </Stack>
  );
}
