/** The page in the reader's language, in its direction. */
import { useDirection } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { IntlProvider } from "react-intl";
import { useStore } from "~/graph/store";
import en from "./en";
import { LOCALES, locale, regional } from "./locale";

export function Translated({ children }: { children: ReactNode }) {
  const chosen = useStore(locale);
  const { setDirection } = useDirection();
  const [shown, setShown] = useState({ locale: "en", messages: en as Record<string, string> });
  useEffect(() => {
    const { catalogue, direction } = LOCALES[chosen];
    let current = true;
    void catalogue().then((messages) => {
      if (!current) return;
      setShown({ locale: regional(chosen), messages });
      document.documentElement.lang = chosen;
      setDirection(direction);
    });
    return () => {
      current = false;
    };
  }, [chosen, setDirection]);
  return <IntlProvider {...shown}>{children}</IntlProvider>;
}
