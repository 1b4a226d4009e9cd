import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as tolds from "~/components/notify";
import { DataTable } from "~/components/table/DataTable";
import { withHeld } from "~/components/table/heldRows";
import { InlineEdit } from "~/components/table/InlineEdit";
import { gone } from "~/hooks/unsaved";
import en from "~/intl/en";

interface Row {
  readonly id: string;
  readonly closed?: boolean;
}

const rows = (ids: string): Row[] => [...ids].map((id) => ({ id }));
const ids = (of: readonly Row[]) => of.map(({ id }) => id).join("");

test.each([
  ["abc", "abc", "", "abc"],
  ["nab", "abc", "", "nab"],
  ["nab", "abc", "c", "nacb"],
  ["nabc", "abc", "c", "nacb"],
  ["nabc", "abc", "b", "nbac"],
  ["", "abc", "b", "b"],
  ["xy", "abc", "ac", "axcy"],
])("of %j after %j with %j held is shown %j", (fresh, shown, held, expected) => {
  expect(ids(withHeld(rows(fresh), rows(shown), new Set(held)))).toBe(expected);
});

test("what is known of a row that is held is the newest", () => {
  const [row] = withHeld([{ id: "a", closed: true }], rows("a"), new Set("a"));
  expect(row).toEqual({ id: "a", closed: true });
});

describe("a field that is open in a table", () => {
  const save = vi.fn<(text: string) => Promise<string | null>>();
  let show: (of: Row[]) => void;

  const shown = () =>
    screen
      .getAllByRole("row")
      .slice(1)
      .map((row) => row.textContent?.[0]);
  const field = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Rename c" });
  const pencil = () => screen.queryByRole("button", { name: "Rename c" });
  const type = (value: string) => fireEvent.change(field(), { target: { value } });
  const enter = () => act(async () => void fireEvent.keyDown(field(), { key: "Enter" }));

  beforeEach(() => {
    save.mockReset().mockResolvedValue(null);
    const tree = (of: Row[]) => (
      <MantineProvider>
        <IntlProvider locale="en" messages={en}>
          <DataTable label="Things" columns={[NUMBER, NAME]} rows={of} empty="nothing" />
        </IntlProvider>
      </MantineProvider>
    );
    const { rerender } = render(tree(rows("abc")));
    show = (of) => rerender(tree(of));
    fireEvent.click(screen.getByRole("button", { name: "Rename c" }));
    type("typed");
  });

  const NUMBER = { id: "ID", header: "Id", cell: ({ id }: Row) => id };
  const NAME = {
    id: "NAME",
    header: "Name",
    cell: ({ id, closed }: Row) => (
      <InlineEdit
        label={`Rename ${id}`}
        value={id}
        maxLength={9}
        begin={closed ? null : () => save}
      >
        {id}
      </InlineEdit>
    ),
  };

  test("keeps its row there until it is left", () => {
    show(rows("nab"));
    expect(shown()).toEqual(["n", "a", "c", "b"]);
    expect(field().value).toBe("typed");
    show([]);
    expect(field().value).toBe("typed");
    fireEvent.keyDown(field(), { key: "Escape" });
    expect(screen.getByText("nothing")).toBeDefined();
  });

  test("and until what was typed is saved", async () => {
    let answer: (problem: string | null) => void = () => undefined;
    save.mockReturnValueOnce(new Promise((go) => (answer = go)));
    show(rows("nab"));
    await enter();
    expect(shown()).toEqual(["n", "a", "c", "b"]);
    await act(async () => answer("is taken"));
    expect(field().value).toBe("typed");
    expect(screen.getByText("is taken")).toBeDefined();
    await enter();
    expect(shown()).toEqual(["n", "a", "b"]);
  });

  test("stays when what it is about cannot be changed any more", () => {
    show([{ id: "a" }, { id: "c", closed: true }]);
    expect(field().value).toBe("typed");
    fireEvent.keyDown(field(), { key: "Escape" });
    expect(shown()).toEqual(["a", "c"]);
    expect(pencil()).toBeNull();
  });

  test("is left with the address, and not by what is typed in a search", () => {
    const [here, there] = ["https://x/segments", "https://x/segments?after=c"].map(
      (url) => new URL(url),
    ) as [URL, URL];
    act(() => gone(here, there, true));
    act(() => gone(here, new URL("https://x/segments#main")));
    show(rows("nab"));
    expect(field().value).toBe("typed");
    act(() => gone(here, there));
    expect(shown()).toEqual(["n", "a", "b"]);
  });

  test("whose page is left before it is refused says so elsewhere", async () => {
    const told = vi.spyOn(tolds, "notifyProblem").mockImplementation(() => undefined);
    let answer: (problem: string | null) => void = () => undefined;
    save.mockReturnValueOnce(new Promise((go) => (answer = go)));
    await enter();
    cleanup();
    await act(async () => answer("It is taken."));
    expect(told).toHaveBeenCalledWith("Rename c: “typed” was not saved. It is taken.");
  });
});
