/** Who one is, in which language and light one reads, and the way out. */
import { Button, Menu, useMantineColorScheme } from "@mantine/core";
import { useStore } from "~/graph/store";
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
        {(Object.keys(LOCALES) as Locale[]).map((tag) => (
          <Menu.Item
            key={tag}
            lang={tag}
            role="menuitemradio"
            aria-checked={tag === current}
            onClick={() => choose(tag)}
          >
            {LOCALES[tag].name}
          </Menu.Item>
        ))}
        <Menu.Label>{t("app.light")}</Menu.Label>
        {(["auto", "light", "dark"] as const).map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`app.light.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{t("app.sign-out")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
