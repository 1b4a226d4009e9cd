import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { useText } from "~/intl/useText";
import { Page } from "./Page";

/** Not found, or not visible to the viewer: the two look the same on purpose. */
export function NotFound() {
  const t = useText();
  return (
    <Page title="common.not-found">
      <Text mb="md">{t("common.not-found.why")}</Text>
      <Anchor component={Link} href="/">
        {t("common.back-to-site")}
      </Anchor>
    </Page>
  );
}
