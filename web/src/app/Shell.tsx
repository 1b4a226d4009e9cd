/** The frame of every page: navigation, the viewer's menu, the offline banner. */
import {
  AppShell,
  Box,
  Burger,
  Group,
  NavLink,
  ScrollArea,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, Suspense } from "react";
import { Link, useLocation } from "wouter";
import { Boundary, type Failed } from "~/components/loading/Boundary";
import { lazyComponent } from "~/components/loading/lazyComponent";
import { usePressedInVain } from "~/components/loading/NotLoaded";
import { OfflineBanner } from "~/components/loading/OfflineBanner";
import { useLive } from "~/graph/useLive";
import { useText } from "~/intl/useText";
import { useViewer } from "~/session/Viewer";
import { placeOf, usePlaces } from "./places";

/** Loaded lazily: a menu is larger than the rest of the frame. */
const Preferences = lazyComponent(() => import("./Preferences"));

export function Shell({ children }: { children: ReactNode }) {
  const t = useText();
  const [opened, { toggle, close }] = useDisclosure();
  useLive();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a className="skip" href="#main">
        {t("app.skip")}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t("app.navigation")}
              aria-expanded={opened}
            />
            <UnstyledButton component={Link} href="/">
              <Group gap="xs" wrap="nowrap">
                <img src="/favicon.svg" width={28} height={28} alt="" />
                <Text fw={600} visibleFrom="xs">
                  {t("app.name")}
                </Text>
                <VisuallyHidden hiddenFrom="xs">{t("app.name")}</VisuallyHidden>
              </Group>
            </UnstyledButton>
          </Group>
          <Boundary failed={(failed) => <NoPreferences {...failed} />}>
            <Suspense fallback={null}>
              <Preferences />
            </Suspense>
          </Boundary>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <ScrollArea component="nav" aria-label={t("app.navigation")}>
          <Navigation onGo={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <OfflineBanner />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}

function NoPreferences(failed: Failed) {
  const { displayName } = useViewer();
  return (
    <UnstyledButton onClick={usePressedInVain(failed)}>
      <Text truncate maw={220}>
        {displayName}
      </Text>
    </UnstyledButton>
  );
}

function Navigation({ onGo }: { onGo: () => void }) {
  const t = useText();
  const [path] = useLocation();
  const groups = usePlaces();
  return groups.map(({ title, places }) => (
    <Box key={title} role="group" aria-label={t(title)}>
      <Text size="xs" c="dimmed" fw={600} px="sm" py={4}>
        {t(title)}
      </Text>
      {places.map(({ name, path: to }) => (
        <NavLink
          key={to}
          component={Link}
          href={to}
          label={t(name)}
          active={to === placeOf(path)}
          aria-current={path === to ? "page" : undefined}
          onClick={onGo}
        />
      ))}
    </Box>
  ));
}
