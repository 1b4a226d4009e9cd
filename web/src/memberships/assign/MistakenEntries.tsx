/** The pasted entries for which no user was found. */
import { Alert, Button, Code, List, ScrollArea, Stack, Text } from "@mantine/core";
import { useText } from "~/intl/useText";
import type { Mistaken } from "./entries";

/** The service names at most so many. */
const NAMED = 1_000;

interface Props {
  readonly mistaken: readonly Mistaken[];
  /** Takes them out of what was pasted. */
  readonly drop: () => void;
}

export function MistakenEntries({ mistaken, drop }: Props) {
  const t = useText();
  return (
    <Alert color="red" role="alert" title={t("memberships.mistaken", { count: mistaken.length })}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t(mistaken.length < NAMED ? "memberships.mistaken.why" : "memberships.mistaken.more")}
        </Text>
        <ScrollArea.Autosize mah={240} w="100%" viewportProps={{ tabIndex: 0 }}>
          <List size="sm" aria-label={t("memberships.mistaken.entries")}>
            {mistaken.map(({ entry, message }) => (
              <List.Item key={entry}>
                <Code dir="auto">{entry}</Code> {message}
              </List.Item>
            ))}
          </List>
        </ScrollArea.Autosize>
        <Button size="xs" variant="default" onClick={drop}>
          {t("memberships.mistaken.drop", { count: mistaken.length })}
        </Button>
      </Stack>
    </Alert>
  );
}
