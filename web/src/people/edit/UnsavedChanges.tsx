/** What was typed about a user who has been removed meanwhile, to be copied. */
import { Stack, Title } from "@mantine/core";
import { type KeyValue, KeyValueList } from "~/components/KeyValueList";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";

interface Props {
  readonly title: MessageId;
  readonly rows: readonly KeyValue[];
}

export function UnsavedChanges({ title, rows }: Props) {
  const t = useText();
  if (rows.every(([, value]) => value === "")) return null;
  return (
    <Stack component="section" gap="xs" aria-label={t(title)}>
      <Title order={2} size="h4">
        {t(title)}
      </Title>
      <KeyValueList rows={rows} />
    </Stack>
  );
}
