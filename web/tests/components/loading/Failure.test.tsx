import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { CombinedError } from "urql";
import { expect, test } from "vitest";
import { Failure } from "~/components/loading/Failure";
import en from "~/intl/en";

function show(code: string): void {
  const error = new CombinedError({ graphQLErrors: [{ message: "No.", extensions: { code } }] });
  render(
    <IntlProvider locale="en" messages={en}>
      <MantineProvider>
        <Failure error={error} again={() => {}} />
      </MantineProvider>
    </IntlProvider>,
  );
}

test.each([
  ["UNAVAILABLE", "The service cannot answer just now."],
  ["READ_MODEL_BEHIND", "What was just recorded cannot be shown yet."],
  ["LIMIT", "That is more than the service answers at once."],
])("after %s one may try again", (code, why) => {
  show(code);
  expect(screen.getByRole("alert").textContent).toContain(why);
  expect(screen.getByRole("button", { name: "Try again" })).toBeDefined();
});

test.each([
  ["INVALID", "What was asked for cannot be."],
  ["NOT_FOUND", "There is no such thing."],
])("after %s trying again would change nothing", (code, why) => {
  show(code);
  expect(screen.getByRole("alert").textContent).toBe(why);
  expect(screen.queryByRole("button")).toBeNull();
});
