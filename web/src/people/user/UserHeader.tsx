/**
 * Buttons to suspend, reactivate and erase a user. An open dialog stays when somebody else was
 * faster, with what was typed in it.
 */
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { CommandDialog } from "~/components/dialogs/CommandDialog";
import { useCommand } from "~/graph/useCommand";
import { useText } from "~/intl/useText";
import { UPDATE } from "~/people/mutations";
import { isThere, type User } from "~/people/people";
import { notifyWithUndo } from "~/undo/notifyWithUndo";
import { EraseDialog } from "./EraseDialog";
import { Gone } from "./Gone";

type Dialog = "standing" | "erase";

export function UserHeader({ user }: { user: User }) {
  const t = useText();
  const [asking, ask] = useState<Dialog>();
  const action = user.status === "SUSPENDED" ? "people.reactivate" : "people.suspend";
  const close = () => ask(undefined);
  return (
    <>
      {isThere(user) && (
        <>
          <Button variant="default" onClick={() => ask("standing")}>
            {t(action)}
          </Button>
          <Button variant="default" c="var(--mantine-color-error)" onClick={() => ask("erase")}>
            {t("people.erase")}
          </Button>
        </>
      )}
      {asking === "standing" && <StandingDialog user={user} close={close} />}
      {asking === "erase" && <EraseDialog user={user} close={close} />}
    </>
  );
}

function StandingDialog({ user, close }: { user: User; close: () => void }) {
  const t = useText();
  const update = useCommand(UPDATE);
  // As it was asked: when somebody else is faster, the word under the finger is not turned round.
  const [suspended] = useState(user.status === "SUSPENDED");
  const action = suspended ? "people.reactivate" : "people.suspend";
  const name = { name: user.displayName };
  return (
    <CommandDialog
      title={t(`${action}.title`, name)}
      action={t(action)}
      reason="optional"
      ready={isThere(user)}
      send={(reason) =>
        update({ user: { id: user.id }, status: suspended ? "ACTIVE" : "SUSPENDED", reason })
      }
      done={({ commandId }) => {
        notifyWithUndo(t(`${action}.done`, name), commandId);
        close();
      }}
      close={close}
    >
      {isThere(user) ? <Text>{t(`${action}.what`)}</Text> : <Gone user={user} />}
    </CommandDialog>
  );
}
