/** The number of selected users, with actions on them. */
import { Button, Group, Paper, Text } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { focusBeside } from "~/hooks/focus";
import { useText } from "~/intl/useText";

interface Props {
  readonly count: number;
  readonly clear: () => void;
  readonly children?: ReactNode;
}

export function SelectionBar({ count, clear, children }: Props) {
  const t = useText();
  const bar = useRef<HTMLDivElement>(null);
  return (
    <Paper ref={bar} withBorder px="sm" py={6}>
      <Group justify="space-between">
        <Text size="sm" role="status">
          {t("memberships.chosen", { count })}
        </Text>
        <Group gap="xs">
          {children}
          {count > 0 && (
            <Button size="xs" variant="subtle" onClick={(event) => none(event.currentTarget)}>
              {t("memberships.choose-none")}
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  );

  function none(button: HTMLElement): void {
    if (bar.current) focusBeside(bar.current, button);
    clear();
  }
}
