import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { expect, test } from "vitest";
import en from "~/intl/en";
import { RowErrors } from "~/uploads/preview/RowErrors";
import type { RowError } from "~/uploads/queries";

function show(rowErrors: RowError[], rowsRejected = rowErrors.length): void {
  render(
    <IntlProvider locale="en" messages={en}>
      <MantineProvider>
        <RowErrors report={{ rowErrors, rowsRejected, rejectedRows: null }} />
      </MantineProvider>
    </IntlProvider>,
  );
}

function errors(count: number): RowError[] {
  return Array.from({ length: count }, (_, at) => ({
    row: at + 2,
    column: "visible",
    message: "Must be yes or no.",
    value: "maybe",
  }));
}

/** The rows of the table, without its header. */
function shown(): number {
  return screen.getAllByRole("row").length - 1;
}

test("of many errors the first fifty are shown, and all when one says so", () => {
  show(errors(60));
  expect(shown()).toBe(50);
  fireEvent.click(screen.getByRole("button", { name: "Show all 60" }));
  expect(shown()).toBe(60);
  expect(screen.queryByRole("button")).toBeNull();
});

test("an error of a whole row says so", () => {
  show([{ row: 7, column: null, message: "It has too many cells.", value: null }]);
  expect(screen.getByRole("cell", { name: "The row as a whole" })).toBeTruthy();
});

test("a file without bad rows has no such table", () => {
  show([], 0);
  expect(screen.queryByRole("table")).toBeNull();
});
