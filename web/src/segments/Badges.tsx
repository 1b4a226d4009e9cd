import { Badge, Group } from "@mantine/core";
import { useText } from "~/intl/useText";

interface Props {
  readonly segment: { readonly status: "ACTIVE" | "ARCHIVED"; readonly visible: boolean };
}

/** What sets a segment apart from most. */
export function Badges({ segment: { status, visible } }: Props) {
  const t = useText();
  return (
    <Group gap="xs" component="span">
      {status === "ARCHIVED" && <Badge color="gray">{t("segments.archived")}</Badge>}
      {!visible && <Badge color="gray">{t("segments.hidden")}</Badge>}
    </Group>
  );
}
