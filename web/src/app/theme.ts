/** Colours with enough contrast on every surface, in light and dark (WCAG 2.2 AA). */
import { type CSSVariablesResolver, createTheme } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "blue",
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  cursorType: "pointer",
  defaultRadius: "sm",
  focusRing: "auto",
  respectReducedMotion: true,
  // Dialogs stand beside the page, where a header would be a second banner of it.
  components: {
    ModalHeader: { defaultProps: { role: "presentation" } },
    DrawerHeader: { defaultProps: { role: "presentation" } },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5c636a",
    "--mantine-color-anchor": "#1864ab",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-placeholder": "#6b7177",
    "--mantine-color-blue-light-color": "#1864ab",
    "--mantine-color-blue-light-hover": "#d0ebff",
    "--mantine-color-green-light-color": "#1e6b30",
    "--mantine-color-red-light-color": "#a61e1e",
    "--mantine-color-yellow-light-color": "#7a4a00",
  },
  dark: {
    "--mantine-color-dimmed": "#a6adb4",
    "--mantine-color-anchor": "#74c0fc",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-placeholder": "#9aa1a8",
  },
});
