import { Alert } from "@mantine/core";
import { useText } from "~/intl/useText";

/** Says that an archived segment takes no member changes. */
export function Archived() {
  const t = useText();
  return <Alert role="status">{t("memberships.archived")}</Alert>;
}
