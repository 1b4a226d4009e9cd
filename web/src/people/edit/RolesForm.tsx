/** Changing what somebody may do. */
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Conflict } from "~/components/Conflict";
import { useCommand } from "~/graph/useCommand";
import { useMerging } from "~/hooks/useMerging";
import { useSubmission } from "~/hooks/useSubmission";
import { useText } from "~/intl/useText";
import { ASSIGN_ROLES } from "~/people/mutations";
import { isThere, ROLES, type Role, type User } from "~/people/people";
import { toldWithUndo } from "~/undo/offer";
import { RoleBoxes } from "./RoleBoxes";
import { Typed } from "./UnsavedChanges";
import { useSeeingConflicts } from "./useSeeingConflicts";

interface Fields {
  roles: Role[];
}

export function RolesForm({ user, again }: { user: User; again: () => void }) {
  const t = useText();
  const current = ordered(user);
  const form = useForm<Fields>({ initialValues: current });
  const merging = useMerging(form, user.version, current);
  const assign = useSeeingConflicts(useCommand(ASSIGN_ROLES), again);
  const { sending, problem, submit } = useSubmission(
    form,
    ({ roles }) => assign({ user: { id: user.id }, roles, expectedVersion: merging.version }),
    ({ user: now, commandId }, sent) => {
      if (now) merging.saved(now.version, ordered(now), sent);
      toldWithUndo(t("people.saved"), commandId);
    },
  );
  const named = ({ roles }: Fields) => roles.map((role) => t(`people.${role}`)).join(", ");
  if (!isThere(user)) {
    const { roles } = merging.changes(form.values);
    return (
      <Typed title="people.roles.typed" facts={[["people.roles", roles ? named({ roles }) : ""]]} />
    );
  }
  const differs = !sending && merging.conflicts.length > 0;
  return (
    <form onSubmit={form.onSubmit((fields) => void submit(fields))}>
      <Stack maw={640}>
        <RoleBoxes
          value={form.values.roles}
          onChange={(roles) => form.setValues(ordered({ roles }))}
          error={form.errors.roles}
        />
        <Conflict
          differences={
            differs
              ? [{ field: t("people.roles"), theirs: named(current), mine: named(form.values) }]
              : []
          }
          keepMine={merging.keepMine}
          takeTheirs={merging.takeTheirs}
        />
        {problem && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={sending} disabled={!form.isDirty()}>
            {t("people.roles.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** In one order, so that the same roles compare as the same. */
function ordered({ roles }: { roles: readonly Role[] }): Fields {
  return { roles: ROLES.filter((role) => roles.includes(role)) };
}
