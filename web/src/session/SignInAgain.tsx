import { Modal, Text } from "@mantine/core";
import { useText } from "~/intl/useText";
import { Choice } from "./SignIn";
import { signOut } from "./session";

/** Over the page of somebody whose session has ended: what they typed stays. */
export function SignInAgain() {
  const t = useText();
  return (
    <Modal
      opened
      onClose={() => void signOut()}
      title={t("session.over")}
      closeButtonProps={{ "aria-label": t("session.leave") }}
    >
      <Text mb="md">{t("session.over.why")}</Text>
      <Choice />
    </Modal>
  );
}
