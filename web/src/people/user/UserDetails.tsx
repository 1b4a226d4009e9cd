/**
 * The details of a user: forms for those who may change them, else read-only. When the user is
 * removed meanwhile, only what was typed stays.
 */
import { Stack } from "@mantine/core";
import { useIntl } from "react-intl";
import { type KeyValue, KeyValueList } from "~/components/KeyValueList";
import { useText } from "~/intl/useText";
import { RolesForm } from "~/people/edit/RolesForm";
import { FIELDS, namedOf } from "~/people/edit/UserFields";
import { UserForm } from "~/people/edit/UserForm";
import { isThere, type User } from "~/people/people";

interface Props {
  readonly user: User;
  readonly changes: boolean;
}

export function UserDetails({ user, changes }: Props) {
  const times = useTimes(user);
  const there = isThere(user);
  if (!changes) return there && <Read user={user} times={times} />;
  return (
    <Stack gap="xl">
      <UserForm user={user} />
      <RolesForm user={user} />
      {there && <KeyValueList rows={times} />}
    </Stack>
  );
}

function Read({ user, times }: { user: User; times: KeyValue[] }) {
  const t = useText();
  const named = namedOf(user);
  const fields = FIELDS.map(({ field, label }) => [label, named[field]] as const);
  const roles = user.roles.map((role) => t(`people.${role}`)).join(", ");
  return <KeyValueList rows={[...fields, ["people.roles", roles], ...times]} />;
}

function useTimes({ createdAt, updatedAt }: User): KeyValue[] {
  const intl = useIntl();
  const formatted = (at: string) => intl.formatDate(at, { dateStyle: "long", timeStyle: "short" });
  return [
    ["people.created-at", formatted(createdAt)],
    ["people.updated-at", formatted(updatedAt)],
  ];
}
