/** Says that the viewer lacks a permission, and which roles have it. */
import { Alert, Anchor, Text } from "@mantine/core";
import { useIntl } from "react-intl";
import { Link } from "wouter";
import { Page } from "~/components/page/Page";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";
import policy from "./policy.json";
import type { Permission } from "./Viewer";

/** A copy of the service's policy, held to it by a test. */
const ROLES_WITH: Record<Permission, readonly string[]> = policy;

/** Instead of a page. */
export function NoAccess({ needs }: { needs: Permission }) {
  const t = useText();
  return (
    <Page title="app.no-access">
      <Text mb="md">{useWhy(needs)}</Text>
      <Anchor component={Link} href="/">
        {t("common.back-to-site")}
      </Anchor>
    </Page>
  );
}

/** Instead of a part of a page. */
export function NoAccessNote({ needs }: { needs: Permission }) {
  const t = useText();
  return <Alert title={t("app.no-access")}>{useWhy(needs)}</Alert>;
}

function useWhy(needs: Permission): string {
  const t = useText();
  const intl = useIntl();
  const names = ROLES_WITH[needs].map((role) => t(`people.${role}` as MessageId));
  return t("app.no-access.why", { roles: intl.formatList(names, { type: "disjunction" }) });
}
