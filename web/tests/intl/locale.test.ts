import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
  localStorage.clear();
});

function speaking(...tags: string[]) {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(tags);
  return import("~/intl/locale");
}

test("the page is read in the first language of the browser that it has", async () => {
  const { locale } = await speaking("de-CH", "ar-EG", "en");
  expect(locale.value).toBe("ar");
});

test("in English, when it has none of them", async () => {
  const { locale } = await speaking("fr", "de");
  expect(locale.value).toBe("en");
});

test("what was chosen counts more, and stays chosen", async () => {
  const { choose } = await speaking("en-GB");
  choose("ar");
  vi.resetModules();
  const { locale } = await speaking("en-GB");
  expect(locale.value).toBe("ar");
});

test("dates and numbers are written as where the reader is", async () => {
  const { regional } = await speaking("de", "en-GB", "en-US");
  expect(regional("en")).toBe("en-GB");
  expect(regional("ar")).toBe("ar");
});
