import { Alert } from "@mantine/core";
import { useText } from "~/intl/useText";

/** Why nobody can be put in or taken out just now. */
export function Archived() {
  const t = useText();
  return <Alert role="status">{t("memberships.archived")}</Alert>;
}
