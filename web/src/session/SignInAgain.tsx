import { Text } from "@mantine/core";
import { Dialog } from "~/components/dialogs/Dialog";
import { leaving } from "~/hooks/unsaved";
import { useText } from "~/intl/useText";
import { Choice } from "./SignIn";
import { signOut } from "./session";

/** A sign-in dialog over the page after the session has ended; unsaved changes stay. */
export function SignInAgain() {
  const t = useText();
  return (
    <Dialog
      dirty={false}
      close={() => leaving(() => void signOut())}
      title={t("session.over")}
      closeButtonProps={{ "aria-label": t("session.leave") }}
    >
      <Text mb="md" tabIndex={-1} data-autofocus>
        {t("session.over.why")}
      </Text>
      <Choice />
    </Dialog>
  );
}
