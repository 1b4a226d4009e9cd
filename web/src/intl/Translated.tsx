/** Provides the messages and the writing direction of the chosen language. */
import { useDirection } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { IntlProvider } from "react-intl";
import { useStore } from "~/graph/store";
import { connection } from "~/graph/transport/connection";
import en from "./en";
import { LOCALES, locale, regional } from "./locale";

export function Translated({ children }: { children: ReactNode }) {
  const chosen = useStore(locale);
  const { returns } = useStore(connection);
  const { setDirection } = useDirection();
  const [shown, setShown] = useState({ locale: "en", messages: en as Record<string, string> });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more when the service came back
  useEffect(() => {
    const { catalogue, direction } = LOCALES[chosen];
    let current = true;
    catalogue().then(
      (messages) => {
        if (!current) return;
        setShown({ locale: regional(chosen), messages });
        document.documentElement.lang = chosen;
        setDirection(direction);
      },
      () => undefined, // the page stays in the language that it has
    );
    return () => {
      current = false;
    };
  }, [chosen, returns, setDirection]);
  return <IntlProvider {...shown}>{children}</IntlProvider>;
}
