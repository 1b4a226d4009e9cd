/** What somebody typed about a person who has gone meanwhile: their own words, which can be copied. */
import { Stack, Title } from "@mantine/core";
import { type Fact, Facts } from "~/components/KeyValueList";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";

interface Props {
  readonly title: MessageId;
  readonly facts: readonly Fact[];
}

export function Typed({ title, facts }: Props) {
  const t = useText();
  if (facts.every(([, value]) => value === "")) return null;
  return (
    <Stack component="section" gap="xs" aria-label={t(title)}>
      <Title order={2} size="h4">
        {t(title)}
      </Title>
      <Facts facts={facts} />
    </Stack>
  );
}
