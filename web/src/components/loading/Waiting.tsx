import { Skeleton, Stack } from "@mantine/core";
import { useText } from "~/intl/useText";

/** A skeleton placeholder. */
export function Waiting({ lines = 5 }: { lines?: number }) {
  const t = useText();
  return (
    <Stack role="status" aria-label={t("common.waiting")}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all the same
        <Skeleton key={line} height={28} />
      ))}
    </Stack>
  );
}
