/** Notifications, announced to screen readers. */
import { notifications } from "@mantine/notifications";

export function notify(message: string): void {
  notifications.show({ message, withCloseButton: true, role: "status" });
}

/** Stays until it is closed. */
export function notifyProblem(message: string): void {
  notifications.show({ message, color: "red", autoClose: false, role: "alert" });
}
