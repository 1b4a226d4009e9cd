/** The theme, with the labels of its built-in buttons translated. */
import {
  CloseButton,
  DrawerCloseButton,
  MantineProvider,
  ModalCloseButton,
  mergeThemeOverrides,
  Notification,
} from "@mantine/core";
import { setNonce } from "get-nonce";
import { type ReactNode, useMemo } from "react";
import { useText } from "~/intl/useText";
import { theme, variables } from "./theme";

/** The page's own nonce, by which the content security policy allows the theme's styles. */
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
setNonce(nonce); // for what keeps the page from scrolling under a dialog

export function Themed({ children }: { children: ReactNode }) {
  const t = useText();
  const named = useMemo(() => {
    const close = { "aria-label": t("common.close") };
    return mergeThemeOverrides(theme, {
      components: {
        CloseButton: CloseButton.extend({ defaultProps: close }),
        DrawerCloseButton: DrawerCloseButton.extend({ defaultProps: close }),
        ModalCloseButton: ModalCloseButton.extend({ defaultProps: close }),
        Notification: Notification.extend({ defaultProps: { closeButtonProps: close } }),
      },
    });
  }, [t]);
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  );
}
