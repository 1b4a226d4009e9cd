import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { Change, Url } from "~/hooks/useUrl";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";

export interface Connection {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface Way {
  readonly name: MessageId;
  /** Where it leads to; null when there is nothing. */
  readonly to: Change | null;
}

/** What a pager stands below. */
export interface Paged extends Connection {
  readonly url: Url;
  /** Whether an answer is awaited. */
  readonly waiting: boolean;
}

interface Props extends Paged {
  readonly steps: readonly Way[];
}

/** How many there are, and the way to the pages beside this one. */
export function PagerBar({ url, waiting, totalCount, pageInfo, steps }: Props) {
  const t = useText();
  const [left, leave] = useLeft(url, `${pageInfo.startCursor} ${pageInfo.endCursor}`);
  return (
    <Group justify="space-between" mt="sm" component="nav" aria-label={t("common.pages")}>
      <Text size="sm" c="dimmed" role="status">
        {t("common.total", { count: totalCount })}
      </Text>
      <Group gap="xs">
        {steps.map(({ name, to }) => (
          <Step key={name} name={name} go={to && !(left && waiting) ? () => go(to) : null} />
        ))}
      </Group>
    </Group>
  );

  function go(to: Change): void {
    leave();
    url.set(to);
  }
}

/** One that leads nowhere keeps the focus, which a button that is disabled would lose. */
function Step({ name, go }: { name: MessageId; go: (() => void) | null }) {
  const t = useText();
  return (
    <Button
      variant="default"
      size="xs"
      aria-disabled={go === null}
      {...(go === null && { "data-disabled": true })}
      onClick={() => go?.()}
    >
      {t(name)}
    </Button>
  );
}

/** Whether the page that stands there has been left: while the next is awaited, steps lead astray. */
function useLeft(url: Url, page: string): [boolean, () => void] {
  const here = `${url.get("after")} ${url.get("before")}`;
  const [left, setLeft] = useState({ page: "", here: "" });
  return [left.page === page && left.here !== here, () => setLeft({ page, here })];
}

/** The page after a connection's, and the one before it. */
export function after({ pageInfo }: Connection): Change | null {
  return pageInfo.hasNextPage ? { after: pageInfo.endCursor, before: null } : null;
}

export function before({ pageInfo }: Connection): Change | null {
  return pageInfo.hasPreviousPage ? { before: pageInfo.startCursor, after: null } : null;
}
