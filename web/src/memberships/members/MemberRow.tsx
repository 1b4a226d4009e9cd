/** A member, with when and by whom they were added. */
import { Anchor, Badge, Button, Checkbox, Group, Table, Text } from "@mantine/core";
import { Link } from "wouter";
import { useText } from "~/intl/useText";
import { When } from "~/intl/When";
import type { Person, Selection } from "~/memberships/selection";
import type { Member } from "./queries";

/** Where members can be chosen and taken out. */
export interface Choosing {
  readonly chosen: Selection;
  readonly toggle: (person: Person) => void;
  readonly remove: (person: Person) => void;
}

interface Props {
  readonly member: Member;
  readonly choosing: Choosing | undefined;
  /** Where it is told why they are in it. */
  readonly why: string | undefined;
}

export function MemberRow({ member, choosing, why }: Props) {
  const t = useText();
  const { node: person, addedAt, addedBy } = member;
  const name = { name: person.displayName };
  return (
    <>
      {choosing && (
        <Table.Td>
          <Checkbox
            aria-label={t("common.choose", name)}
            checked={choosing.chosen.has(person.id)}
            onChange={() => choosing.toggle(person)}
          />
        </Table.Td>
      )}
      <Table.Td>
        <Group gap="xs">
          <Anchor component={Link} href={`/users/${person.id}`} dir="auto">
            {person.displayName}
          </Anchor>
          <Text span size="sm" c="dimmed">
            {person.username}
          </Text>
          {person.status === "SUSPENDED" && <Badge color="gray">{t("people.SUSPENDED")}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td>{person.email}</Table.Td>
      <Table.Td>
        <When at={addedAt} />{" "}
        <Text span size="sm" c="dimmed">
          {t("memberships.by", { name: addedBy.displayName })}
        </Text>{" "}
        {why && (
          <Anchor component={Link} href={why} size="sm" aria-label={t("audit.why.whom", name)}>
            {t("audit.why.short")}
          </Anchor>
        )}
      </Table.Td>
      {choosing && (
        <Table.Td ta="end">
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t("memberships.remove-one", name)}
            onClick={() => choosing.remove(person)}
          >
            {t("memberships.remove")}
          </Button>
        </Table.Td>
      )}
    </>
  );
}
