/** Confirms the erasure of a user, by typing their username. */
import { List, Text } from "@mantine/core";
import { CommandDialog } from "~/components/dialogs/CommandDialog";
import { notify } from "~/components/notify";
import { useCommand } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { ERASE } from "~/people/mutations";
import { isThere, type User } from "~/people/people";
import { Gone } from "./Gone";

const DESTROYED = ["people.erase.entry", "people.erase.memberships", "people.erase.past"] as const;

export function EraseDialog({ user, close }: { user: User; close: () => void }) {
  const t = useText();
  const erase = useCommand(ERASE);
  return (
    <CommandDialog
      title={t("people.erase.title", { name: user.displayName })}
      action={t("people.erase.do")}
      danger
      reason="required"
      ready={isThere(user)}
      typed={user.username}
      send={(reason) => erase({ user: { id: user.id }, reason: reason ?? "" })}
      done={() => {
        notify(t("people.erase.done"));
        close();
      }}
      close={close}
    >
      {isThere(user) ? <Destroyed /> : <Gone user={user} />}
    </CommandDialog>
  );
}

function Destroyed() {
  const t = useText();
  return (
    <>
      <List mb="xs">
        {DESTROYED.map((what) => (
          <List.Item key={what}>{t(what)}</List.Item>
        ))}
      </List>
      <Text fw={600}>{t("people.erase.for-good")}</Text>
    </>
  );
}
