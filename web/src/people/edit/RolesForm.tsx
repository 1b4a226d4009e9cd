/** The form for a user's roles. */
import { Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ConcurrentEditNotice, EditConflicts } from "~/components/dialogs/EditConflicts";
import { FormFooter } from "~/components/FormFooter";
import { useCommand } from "~/graph/useCommand";
import { type ConflictReader, changedFields } from "~/hooks/concurrentEdits";
import { useEditForm } from "~/hooks/useEditForm";
import { useText } from "~/intl/useText";
import { ASSIGN_ROLES, currentUserIn, type UserEdited } from "~/people/mutations";
import { isThere, ROLES, type Role, type User } from "~/people/people";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { RoleBoxes } from "./RoleBoxes";
import { UnsavedChanges } from "./UnsavedChanges";

interface Fields {
  roles: Role[];
}

export function RolesForm({ user }: { user: User }) {
  const t = useText();
  const form = useForm<Fields>({ initialValues: ordered(user) });
  const assign = useCommand(ASSIGN_ROLES);
  const { submission, changes, overtaken, conflict } = useEditForm({
    form,
    current: { version: user.version, values: ordered(user) },
    send: (changed, expectedVersion) =>
      assign({
        user: { id: user.id },
        roles: changed.roles ?? form.getValues().roles,
        expectedVersion,
      }),
    reader: CONFLICTS,
    savedIn: ({ user: now }) => now && { version: now.version, values: ordered(now) },
    done: ({ commandId }, changed) => notifyWithUndo(t("people.saved"), changed ? commandId : null),
  });
  const inWords = (roles: readonly Role[] = []) =>
    roles.map((role) => t(`people.${role}`)).join(", ");
  if (!isThere(user)) {
    const rows = [["people.roles", inWords(changes(form.values).roles)]] as const;
    return <UnsavedChanges title="people.roles.typed" rows={rows} />;
  }
  return (
    <form onSubmit={form.onSubmit((fields) => void submission.submit(fields))}>
      <Stack maw={640}>
        <RoleBoxes
          value={form.values.roles}
          onChange={(roles) => form.setValues(ordered({ roles }))}
          error={form.errors.roles}
        />
        {overtaken && <ConcurrentEditNotice />}
        <FormFooter submission={submission} save="people.roles.save" disabled={!form.isDirty()} />
      </Stack>
      <EditConflicts
        conflict={conflict}
        label={() => t("people.roles")}
        text={(_, { roles }) => inWords(roles)}
      />
    </form>
  );
}

/** `user.roles_assigned` tells the roles before and after. */
const CONFLICTS: ConflictReader<Fields, UserEdited> = {
  currentIn: (refusal) => {
    const user = currentUserIn(refusal);
    return user && { version: user.version, values: ordered(user) };
  },
  changedBy: (data) => changedFields(data, ["roles"]),
};

/** In one order, so that the same roles compare as the same. */
function ordered({ roles }: { roles: readonly Role[] }): Fields {
  return { roles: ROLES.filter((role) => roles.includes(role)) };
}
