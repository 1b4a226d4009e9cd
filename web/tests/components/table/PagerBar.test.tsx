import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { expect, test, vi } from "vitest";
import { NewestFirstPager } from "~/audit/log/NewestFirstPager";
import en from "~/intl/en";

const page = (startCursor: string, endCursor: string) => ({
  totalCount: 100,
  pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor, endCursor },
});

function show() {
  const set = vi.fn();
  const tree = (before: string | null, shown: ReturnType<typeof page>, waiting = false) => (
    <MantineProvider>
      <IntlProvider locale="en" messages={en}>
        <NewestFirstPager
          url={{ get: (name) => (name === "before" ? before : null), set }}
          waiting={waiting}
          {...shown}
        />
      </IntlProvider>
    </MantineProvider>
  );
  const { rerender } = render(tree("51", page("26", "50")));
  return {
    set,
    at: (before: string, shown: ReturnType<typeof page>, waiting = false) =>
      rerender(tree(before, shown, waiting)),
  };
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("a step is taken once, and the next one when its page is there", () => {
  const { set, at } = show();
  press("Older");
  at("26", page("26", "50"), true);
  press("Older");
  press("Newer");
  expect(set.mock.calls).toEqual([[{ before: "26", after: null }]]);
  at("26", page("1", "25"));
  press("Older");
  expect(set).toHaveBeenLastCalledWith({ before: "1", after: null });
});

test("who came back before the page was there may go on", () => {
  const { set, at } = show();
  press("Older");
  at("26", page("26", "50"), true);
  at("51", page("26", "50"));
  press("Older");
  expect(set).toHaveBeenCalledTimes(2);
});

test("a step that leads nowhere keeps the focus", () => {
  const { at } = show();
  const older = screen.getByRole("button", { name: "Older" });
  older.focus();
  press("Older");
  at("26", page("26", "50"), true);
  expect(older.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(older);
});

test("one goes on from a page that is the same as the one before", () => {
  const { set, at } = show();
  press("Newest");
  at("", page("26", "50"), true);
  press("Older");
  expect(set).toHaveBeenCalledOnce();
  at("", page("26", "50"));
  press("Older");
  expect(set).toHaveBeenCalledTimes(2);
});
