import { Button, Group, Text } from "@mantine/core";
import { useText } from "~/intl/useText";
import { FROM_THE_START } from "~/parts/paging";
import type { Url } from "~/parts/useUrl";
import { isNewest } from "./newest";

interface Props {
  readonly url: Url;
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** How many there are, and the way to newer and older ones. */
export function AgePager({ url, totalCount, pageInfo }: Props) {
  const t = useText();
  return (
    <Group justify="space-between" mt="sm" component="nav" aria-label={t("parts.pages")}>
      <Text size="sm" c="dimmed" role="status">
        {t("parts.total", { count: totalCount })}
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          disabled={isNewest(url.get)}
          onClick={() => url.set(FROM_THE_START)}
        >
          {t("audit.newest")}
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={!pageInfo.hasNextPage}
          onClick={() => url.set({ after: pageInfo.endCursor, before: null })}
        >
          {t("audit.newer")}
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={!pageInfo.hasPreviousPage}
          onClick={() => url.set({ before: pageInfo.startCursor, after: null })}
        >
          {t("audit.older")}
        </Button>
      </Group>
    </Group>
  );
}
