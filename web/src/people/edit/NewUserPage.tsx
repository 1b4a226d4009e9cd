/** Add new user: the form for names, username, address and roles. */

import { Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useLocation } from "wouter";
import { FormFooter } from "~/components/FormFooter";
import { Page } from "~/components/page/Page";
import { Tabs } from "~/components/page/Tabs";
import { useCommand } from "~/graph/useCommand";
import { useSubmission } from "~/hooks/useSubmission";
import { useText } from "~/intl/useText";
import { CREATE } from "~/people/mutations";
import type { Role } from "~/people/people";
import { trailFor, usersTabs } from "~/people/tabs";
import { NoAccess } from "~/session/NoAccess";
import { useMay } from "~/session/Viewer";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { RoleBoxes } from "./RoleBoxes";
import { NOTHING, neededIn, UserFields } from "./UserFields";

export default function NewUserPage() {
  const may = useMay();
  if (!may("CHANGE_USERS")) return <NoAccess needs="CHANGE_USERS" />;
  return (
    <Page title="people.add" trail={trailFor(may)}>
      <Tabs tabs={usersTabs(may)} label="people.title" />
      <NewUser />
    </Page>
  );
}

function NewUser() {
  const t = useText();
  const [, go] = useLocation();
  const create = useCommand(CREATE);
  const form = useForm({
    initialValues: { ...NOTHING, roles: ["LEARNER"] as Role[] },
    validate: neededIn(t),
  });
  const submission = useSubmission(form, create, ({ user, commandId }) => {
    notifyWithUndo(t("people.created", { name: user?.displayName ?? "" }), commandId);
    go(user ? `/users/${user.id}` : "/users");
  });
  return (
    <form onSubmit={form.onSubmit((fields) => void submission.submit(fields))} noValidate>
      <Stack maw={640}>
        <UserFields form={form} />
        <RoleBoxes
          value={form.values.roles}
          onChange={(roles) => form.setFieldValue("roles", roles)}
          error={form.errors.roles}
        />
        <FormFooter submission={submission} cancel={() => submission.discard(() => go("/users"))} />
      </Stack>
    </form>
  );
}
