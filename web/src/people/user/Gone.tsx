import { Alert } from "@mantine/core";
import { useText } from "~/intl/useText";
import type { User } from "~/people/people";

/** Says that the user was erased or removed. */
export function Gone({ user: { status } }: { user: Pick<User, "status"> }) {
  const t = useText();
  return (
    <Alert mb="md">{t(status === "ERASED" ? "people.erased.what" : "people.removed.what")}</Alert>
  );
}
