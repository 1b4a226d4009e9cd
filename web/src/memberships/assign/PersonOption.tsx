/** A selectable user. */
import { Badge, Checkbox, Combobox, Group, Text } from "@mantine/core";
import { useText } from "~/intl/useText";

interface Props {
  readonly person: {
    readonly id: string;
    readonly displayName: string;
    readonly username: string;
    readonly email: string;
    readonly status: string;
  };
  readonly chosen: boolean;
}

export function PersonOption({ person, chosen }: Props) {
  const t = useText();
  return (
    <Combobox.Option value={person.id} active={chosen} aria-selected={chosen}>
      <Group gap="sm" wrap="nowrap">
        <Checkbox.Indicator checked={chosen} aria-hidden />
        <div>
          <Group gap="xs">
            <bdi>{person.displayName}</bdi>
            {person.status === "SUSPENDED" && <Badge color="gray">{t("people.SUSPENDED")}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {person.username} · {person.email}
          </Text>
        </div>
      </Group>
    </Combobox.Option>
  );
}
