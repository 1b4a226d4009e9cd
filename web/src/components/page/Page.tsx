/** The layout of a page: breadcrumb, heading, actions, content. */
import { Anchor, Breadcrumbs, Group, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import type { MessageId } from "~/intl/locale";
import { useText } from "~/intl/useText";

export interface Step {
  readonly name: MessageId;
  /** Without it the step is only a word on the way. */
  readonly path?: string;
}

interface Props {
  /** What it is called; `name` where that is somebody's own words. */
  readonly title?: MessageId;
  readonly name?: string;
  /** The steps from Site admin to this page. */
  readonly trail?: readonly Step[];
  /** To the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, name, trail = [], actions, children }: Props) {
  const t = useText();
  const called = name ?? (title ? t(title) : "");
  const heading = useTakingFocus(called, t("app.name"));
  return (
    <>
      <Trail steps={trail} />
      <Group justify="space-between" align="flex-start" mb="md" gap="sm">
        <Title order={1} size="h2" ref={heading} tabIndex={-1} dir="auto">
          {called}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </>
  );
}

/** Sets the document title, and moves the focus to the heading of a new page. */
function useTakingFocus(called: string, site: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${called} · ${site}`;
  }, [called, site]);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

function Trail({ steps }: { steps: readonly Step[] }) {
  const t = useText();
  if (steps.length === 0) return null;
  const all: Step[] = [{ name: "app.site-admin", path: "/" }, ...steps];
  return (
    <nav aria-label={t("common.breadcrumb")}>
      <Breadcrumbs separator="›" mb="xs">
        {all.map(({ name, path }) =>
          path ? (
            <Anchor key={name} component={Link} href={path} size="sm">
              {t(name)}
            </Anchor>
          ) : (
            <Text key={name} size="sm" c="dimmed">
              {t(name)}
            </Text>
          ),
        )}
      </Breadcrumbs>
    </nav>
  );
}
