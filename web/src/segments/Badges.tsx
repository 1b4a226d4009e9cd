import { Badge, Group } from "@mantine/core";
import { useText } from "~/intl/useText";
import type { Standing } from "~/segments/actions/actions";

/** What sets a segment apart from most. */
export function Badges({ segment: { status, visible } }: { segment: Standing }) {
  const t = useText();
  if (status === "ACTIVE" && visible) return null;
  return (
    <Group gap="xs" component="span">
      {status === "ARCHIVED" && <Badge color="gray">{t("segments.archived")}</Badge>}
      {!visible && <Badge color="gray">{t("segments.hidden")}</Badge>}
    </Group>
  );
}
