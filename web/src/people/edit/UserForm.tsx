/** The form for a user's names, username, address and ID number. */
import { Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ConcurrentEditNotice, EditConflicts } from "~/components/dialogs/EditConflicts";
import { FormFooter } from "~/components/FormFooter";
import { useCommand } from "~/graph/useCommand";
import { type ConflictReader, changedFields } from "~/hooks/concurrentEdits";
import { useEditForm } from "~/hooks/useEditForm";
import { useText } from "~/intl/useText";
import { currentUserIn, UPDATE, type UserEdited } from "~/people/mutations";
import { isThere, type User } from "~/people/people";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { UnsavedChanges } from "./UnsavedChanges";
import { FIELDS, type Named, namedOf, neededIn, UserFields } from "./UserFields";

export function UserForm({ user }: { user: User }) {
  const t = useText();
  const form = useForm<Named>({ initialValues: namedOf(user), validate: neededIn(t) });
  const update = useCommand(UPDATE);
  const { submission, changes, overtaken, conflict } = useEditForm({
    form,
    current: { version: user.version, values: namedOf(user) },
    send: ({ code, ...others }, expectedVersion) =>
      update({
        user: { id: user.id },
        ...others,
        ...(code !== undefined && { code: code.trim() || null }),
        expectedVersion,
      }),
    reader: CONFLICTS,
    savedIn: ({ user: now }) => now && { version: now.version, values: namedOf(now) },
    done: ({ commandId }, changed) => notifyWithUndo(t("people.saved"), changed ? commandId : null),
  });
  if (!isThere(user)) {
    const typed = changes(form.values);
    const rows = FIELDS.map(({ field, label }) => [label, typed[field] ?? ""] as const);
    return <UnsavedChanges title="people.typed" rows={rows} />;
  }
  return (
    <form onSubmit={form.onSubmit((fields) => void submission.submit(fields))} noValidate>
      <Stack maw={640}>
        <UserFields form={form} />
        {overtaken && <ConcurrentEditNotice />}
        <FormFooter
          submission={submission}
          disabled={!form.isDirty()}
          cancel={form.isDirty() ? form.reset : undefined}
        />
      </Stack>
      <EditConflicts
        conflict={conflict}
        label={(field) => t(FIELDS.find((each) => each.field === field)?.label ?? "people.title")}
        text={(field, values) => values[field] ?? ""}
      />
    </form>
  );
}

/** `user.edited` carries the changed personal fields, opened for those who may see all users. */
const CONFLICTS: ConflictReader<Named, UserEdited> = {
  currentIn: (refusal) => {
    const user = currentUserIn(refusal);
    return user && { version: user.version, values: namedOf(user) };
  },
  changedBy: (data) =>
    changedFields(
      (data as { sealed?: unknown }).sealed,
      FIELDS.map(({ field }) => field),
    ),
};
