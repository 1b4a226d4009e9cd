import { Alert } from "@mantine/core";
import { useText } from "~/intl/useText";
import type { User } from "~/people/people";

/** Why nothing can be done with somebody any more. */
export function Gone({ user: { status } }: { user: Pick<User, "status"> }) {
  const t = useText();
  return (
    <Alert mb="md">{t(status === "ERASED" ? "people.erased.what" : "people.removed.what")}</Alert>
  );
}
