/** The languages of the console, and the chosen one. */
import { Store } from "~/graph/store";
import en from "./en";

export type MessageId = keyof typeof en;
export type Catalogue = Record<MessageId, string>;

export const LOCALES = {
  en: { name: "English", direction: "ltr", catalogue: async (): Promise<Catalogue> => en },
  ar: {
    name: "العربية",
    direction: "rtl",
    catalogue: async (): Promise<Catalogue> => (await import("./ar")).default,
  },
} as const;

export type Locale = keyof typeof LOCALES;

const KEPT_AS = "segments.locale";

export const locale = new Store<Locale>(preferred());

export function choose(chosen: Locale): void {
  localStorage.setItem(KEPT_AS, chosen);
  locale.set(chosen);
}

function preferred(): Locale {
  const wanted = [localStorage.getItem(KEPT_AS), ...navigator.languages];
  const known = wanted.map((tag) => tag?.split("-")[0]).find((tag) => tag && tag in LOCALES);
  return (known as Locale | undefined) ?? "en";
}

/** The language as it is written where the reader is: dates and numbers differ within one. */
export function regional(chosen: Locale): string {
  return navigator.languages.find((tag) => tag.split("-")[0] === chosen) ?? chosen;
}
