/** How many are chosen, and what can be done with them. */
import { Button, Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "~/intl/useText";

interface Props {
  readonly count: number;
  readonly clear: () => void;
  readonly children?: ReactNode;
}

export function ChosenBar({ count, clear, children }: Props) {
  const t = useText();
  return (
    <Paper withBorder px="sm" py={6}>
      <Group justify="space-between">
        <Text size="sm" role="status">
          {t("memberships.chosen", { count })}
        </Text>
        <Group gap="xs">
          {children}
          {count > 0 && (
            <Button size="xs" variant="subtle" onClick={clear}>
              {t("memberships.choose-none")}
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  );
}
