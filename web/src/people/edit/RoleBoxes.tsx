/** Checkboxes for the roles of a user, which add to those of the sign-in. */
import { Checkbox, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useText } from "~/intl/useText";
import { ROLES, type Role } from "~/people/people";

interface Props {
  readonly value: Role[];
  readonly onChange: (roles: Role[]) => void;
  readonly error?: ReactNode;
}

export function RoleBoxes({ value, onChange, error }: Props) {
  const t = useText();
  return (
    <Checkbox.Group<Role>
      label={t("people.roles")}
      description={t("people.roles.why")}
      value={value}
      onChange={onChange}
      error={error}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`people.${role}`)}
            description={t(`people.${role}.may`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
