/** Saying what was done, for a few seconds and to those who listen. */
import { notifications } from "@mantine/notifications";

export function told(message: string): void {
  notifications.show({ message, withCloseButton: true, role: "status" });
}
