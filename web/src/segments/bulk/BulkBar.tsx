/** Actions on the selected segments. */
import { Button, Group, Paper, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { AwaitedDialog } from "~/components/loading/Awaited";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { focusBeside } from "~/hooks/focus";
import { useText } from "~/intl/useText";
import { SEGMENT_ACTIONS, type SegmentAction, wordsOf } from "~/segments/actions/actions";
import { useMay } from "~/session/Viewer";
import type { Choice } from "./useSelection";

const BulkDialog = lazyComponent(() => import("./BulkDialog"));

export function BulkBar({ segments, choose }: Choice) {
  const t = useText();
  const may = useMay();
  const bar = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState<SegmentAction>();
  if (segments.length === 0) return null;
  const offered = SEGMENT_ACTIONS.filter(
    (action) => may(action.needs) && segments.some(action.applies),
  );
  return (
    <Paper ref={bar} withBorder p="xs" component="section" aria-label={t("segments.bulk")}>
      <Group gap="xs">
        <Text size="sm" fw={600} role="status" me="sm">
          {t("segments.bulk.chosen", { count: segments.length })}
        </Text>
        {offered.map((action) => (
          <Button
            key={action.name}
            size="xs"
            variant="default"
            onClick={() => setAsking(action)}
            {...(action.reason === "required" && { c: "var(--mantine-color-error)" })}
          >
            {t(wordsOf(action).act)}…
          </Button>
        ))}
        <Button size="xs" variant="subtle" onClick={(event) => none(event.currentTarget)}>
          {t("segments.bulk.none")}
        </Button>
      </Group>
      {asking && (
        <AwaitedDialog close={() => setAsking(undefined)}>
          <BulkDialog
            action={asking}
            segments={segments}
            keep={choose}
            close={() => setAsking(undefined)}
          />
        </AwaitedDialog>
      )}
    </Paper>
  );

  function none(button: HTMLElement): void {
    if (bar.current) focusBeside(bar.current, button);
    choose(new Set());
  }
}
