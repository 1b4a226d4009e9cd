import { Button, Group, Text } from "@mantine/core";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import type { Change, Url } from "./useUrl";

export interface Connection {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface Step {
  readonly name: MessageId;
  /** Where it leads to; null when there is nothing. */
  readonly to: Change | null;
}

interface Props {
  readonly url: Url;
  readonly totalCount: number;
  readonly steps: readonly Step[];
}

/** How many there are, and the way to the pages beside this one. */
export function PagerBar({ url, totalCount, steps }: Props) {
  const t = useText();
  return (
    <Group justify="space-between" mt="sm" component="nav" aria-label={t("parts.pages")}>
      <Text size="sm" c="dimmed" role="status">
        {t("parts.total", { count: totalCount })}
      </Text>
      <Group gap="xs">
        {steps.map(({ name, to }) => (
          <Button
            key={name}
            variant="default"
            size="xs"
            disabled={to === null}
            onClick={() => to && url.set(to)}
          >
            {t(name)}
          </Button>
        ))}
      </Group>
    </Group>
  );
}

/** The page after a connection's, and the one before it. */
export function after({ pageInfo }: Connection): Change | null {
  return pageInfo.hasNextPage ? { after: pageInfo.endCursor, before: null } : null;
}

export function before({ pageInfo }: Connection): Change | null {
  return pageInfo.hasPreviousPage ? { before: pageInfo.startCursor, after: null } : null;
}
