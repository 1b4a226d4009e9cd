import { Badge, Group } from "@mantine/core";
import { useText } from "~/intl/useText";
import type { SegmentState } from "./queries";

/** Badges of archived and hidden segments. */
export function Badges({ segment: { status, visible } }: { segment: SegmentState }) {
  const t = useText();
  if (status === "ACTIVE" && visible) return null;
  return (
    <Group gap="xs" component="span">
      {status === "ARCHIVED" && <Badge color="gray">{t("segments.archived")}</Badge>}
      {!visible && <Badge color="gray">{t("segments.hidden")}</Badge>}
    </Group>
  );
}
