import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { expect, test, vi } from "vitest";
import { DataTable } from "~/components/table/DataTable";
import en from "~/intl/en";

const ROWS = [{ id: "a" }, { id: "b" }, { id: "c" }];

function show(chosen: string[], onChoose = vi.fn()) {
  render(
    <MantineProvider>
      <IntlProvider locale="en" messages={en}>
        <DataTable
          label="Things"
          columns={[{ id: "NAME", header: "Name", cell: ({ id }) => id }]}
          rows={ROWS}
          empty={null}
          chosen={new Set(chosen)}
          onChoose={onChoose}
        />
      </IntlProvider>
    </MantineProvider>,
  );
  return screen.getByRole<HTMLInputElement>("checkbox", { name: "Choose all on this page" });
}

test.each([
  [[], false, false],
  [["a"], false, true],
  [["a", "b"], false, true],
  [["a", "b", "c"], true, false],
  [["on another page"], false, false],
  [["a", "on another page"], false, true],
  [["a", "b", "c", "on another page"], true, false],
])("with %j chosen the box for all is checked: %s, mixed: %s", (chosen, checked, mixed) => {
  const box = show(chosen);
  expect([box.checked, box.indeterminate]).toEqual([checked, mixed]);
});

test("the box for all chooses those in sight, and keeps what is chosen elsewhere", () => {
  const onChoose = vi.fn();
  fireEvent.click(show(["a", "on another page"], onChoose));
  expect(onChoose).toHaveBeenCalledWith(new Set(["a", "b", "c", "on another page"]));
});
