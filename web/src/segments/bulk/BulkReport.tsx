import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "~/components/dialogs/Dialog";
import { useFocusKept } from "~/hooks/focus";
import { useText } from "~/intl/useText";
import type { FailedSegment } from "./useBulk";

interface Props {
  readonly title: string;
  readonly done: number;
  readonly failed: readonly FailedSegment[];
  readonly again: () => Promise<unknown>;
  readonly close: () => void;
}

/** The segments for which the action failed, with the reasons. */
export function BulkReport({ title, done, failed, again, close }: Props) {
  const t = useText();
  const [sending, setSending] = useState(false);
  useFocusKept(sending);

  async function repeat(): Promise<void> {
    setSending(true);
    await again();
    setSending(false);
  }

  return (
    <Dialog dirty={false} close={close} title={title} withCloseButton={false}>
      <Stack>
        <Text role="status">{t("segments.bulk.done", { count: done })}</Text>
        <Alert color="red" role="alert" title={t("segments.bulk.left", { count: failed.length })}>
          <List>
            {failed.map(({ segment: { id, name }, problem }) => (
              <List.Item key={id}>
                <bdi>{name}</bdi>: {problem}
              </List.Item>
            ))}
          </List>
        </Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {t("common.close")}
          </Button>
          <Button loading={sending} onClick={() => void repeat()}>
            {t("common.again")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
