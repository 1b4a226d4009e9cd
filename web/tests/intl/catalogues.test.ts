import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import ar from "~/intl/ar";
import en from "~/intl/en";

/** The names that a message wants values for. */
function values(message: string, locale: string): string[] {
  const found = new Set<string>();
  const walk = (parts: ReturnType<IntlMessageFormat["getAst"]>) => {
    for (const part of parts) {
      if ("options" in part) for (const { value } of Object.values(part.options)) walk(value);
      if (part.type !== 0 && part.type !== 7 && "value" in part) found.add(part.value as string);
    }
  };
  walk(new IntlMessageFormat(message, locale).getAst());
  return [...found].sort();
}

describe("the Arabic catalogue", () => {
  test("has the ids of the English one, and no others", () => {
    expect(Object.keys(ar).sort()).toEqual(Object.keys(en).sort());
  });

  test.each(Object.entries(en))("%s wants the same values in both", (id, message) => {
    const translated = (ar as Record<string, string>)[id] ?? "";
    expect(values(translated, "ar")).toEqual(values(message, "en"));
  });
});
