/** Saying what was done, or not, for a few seconds and to those who listen. */
import { notifications } from "@mantine/notifications";

export function notify(message: string): void {
  notifications.show({ message, withCloseButton: true, role: "status" });
}

/** What could not be done stays until it is closed. */
export function notifyProblem(message: string): void {
  notifications.show({ message, color: "red", autoClose: false, role: "alert" });
}
