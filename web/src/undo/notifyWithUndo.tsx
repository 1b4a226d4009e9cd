/** A notification with an undo button. */
import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useText } from "~/intl/useText";
import { offer } from "./undoing";

/** Milliseconds: long enough to read it and to reach the button by keyboard. */
const STAYS = 15_000;

/** Like `notify`, with an undo button for the command; without one when that is null. */
export function notifyWithUndo(message: string, command: string | null): void {
  const id = notifications.show({
    message: <Offer message={message} command={command} close={() => notifications.hide(id)} />,
    withCloseButton: true,
    autoClose: STAYS,
    role: "status",
  });
}

interface Props {
  readonly message: string;
  readonly command: string | null;
  readonly close: () => void;
}

function Offer({ message, command, close }: Props) {
  const t = useText();
  function undo(): void {
    offer(command);
    close();
  }
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{message}</span>
      {command && (
        <Button variant="default" size="xs" onClick={undo}>
          {t("undo.action")}
        </Button>
      )}
    </Group>
  );
}
