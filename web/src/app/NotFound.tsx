import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";
import { Page } from "~/components/page/Page";
import { useText } from "~/intl/useText";

/** Not found, or not visible to the viewer: the two look the same on purpose. */
export function NotFound() {
  const t = useText();
  return (
    <Page title="app.not-found">
      <Text mb="md">{t("app.not-found.why")}</Text>
      <Anchor component={Link} href="/">
        {t("app.back")}
      </Anchor>
    </Page>
  );
}
