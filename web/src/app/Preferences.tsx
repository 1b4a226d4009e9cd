/** The menu of the viewer: language, colour scheme, sign out. */
import { Button, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { useStore } from "~/graph/store";
import { leaving } from "~/hooks/unsaved";
import { choose, LOCALES, type Locale, locale } from "~/intl/locale";
import { useText } from "~/intl/useText";
import { signOut } from "~/session/session";
import { useViewer } from "~/session/Viewer";

export default function Preferences() {
  const t = useText();
  const { displayName } = useViewer();
  const current = useStore(locale);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="subtle" color="gray" maw={220} c="var(--mantine-color-text)">
          {displayName}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("app.language")}</Menu.Label>
        <Menu.RadioGroup value={current} onChange={(tag) => choose(tag as Locale)}>
          {Object.entries(LOCALES).map(([tag, { name }]) => (
            <Menu.RadioItem key={tag} value={tag} lang={tag}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t("app.light")}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        >
          {(["auto", "light", "dark"] as const).map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`app.light.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => leaving(() => void signOut())}>{t("app.sign-out")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
