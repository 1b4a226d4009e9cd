/** Changing who somebody is. */
import { Alert, Button, Group, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Conflict } from "~/components/Conflict";
import { useCommand } from "~/graph/useCommand";
import { useMerging } from "~/hooks/useMerging";
import { useSubmission } from "~/hooks/useSubmission";
import { useText } from "~/intl/useText";
import { UPDATE } from "~/people/mutations";
import { isThere, type User } from "~/people/people";
import { toldWithUndo } from "~/undo/offer";
import { Typed } from "./UnsavedChanges";
import { FIELDS, type Named, namedOf, neededIn, UserFields } from "./UserFields";
import { useSeeingConflicts } from "./useSeeingConflicts";

export function UserForm({ user, again }: { user: User; again: () => void }) {
  const t = useText();
  const current = namedOf(user);
  const form = useForm<Named>({ initialValues: current, validate: neededIn(t) });
  const merging = useMerging(form, user.version, current);
  const update = useSeeingConflicts(useCommand(UPDATE), again);
  const { sending, problem, submit } = useSubmission(
    form,
    (typed) => {
      const { code, ...others } = merging.changes(typed);
      return update({
        user: { id: user.id },
        ...others,
        ...(code !== undefined && { code: code.trim() || null }),
        expectedVersion: merging.version,
      });
    },
    ({ user: now, commandId }, sent) => {
      if (now) merging.saved(now.version, namedOf(now), sent);
      toldWithUndo(t("people.saved"), commandId);
    },
  );
  if (!isThere(user)) {
    const changes = merging.changes(form.values);
    const facts = FIELDS.map(({ field, label }) => [label, changes[field] ?? ""] as const);
    return <Typed title="people.typed" facts={facts} />;
  }
  const conflicts = sending ? [] : merging.conflicts;
  return (
    <form onSubmit={form.onSubmit((fields) => void submit(fields))} noValidate>
      <Stack maw={640}>
        <UserFields form={form} />
        <Conflict
          differences={FIELDS.filter(({ field }) => conflicts.includes(field)).map(
            ({ field, label }) => ({
              field: t(label),
              theirs: current[field],
              mine: form.values[field],
            }),
          )}
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
            {t("people.save")}
          </Button>
          {form.isDirty() && (
            <Button variant="default" onClick={form.reset}>
              {t("parts.cancel")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
