import { MantineProvider } from "@mantine/core";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { IntlProvider } from "react-intl";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Dialog } from "~/components/dialogs/Dialog";
import { UnsavedDialog } from "~/components/dialogs/UnsavedDialog";
import { asked } from "~/hooks/unsaved";
import en from "~/intl/en";

const close = vi.fn();

function Typing({ name }: { name: string }) {
  const [text, setText] = useState("");
  return (
    <Dialog dirty={text !== ""} close={() => close(name)} title={name}>
      <input aria-label={`Why ${name}`} onChange={(event) => setText(event.target.value)} />
    </Dialog>
  );
}

function show(...names: string[]) {
  const tree = (of: string[]) => (
    <MantineProvider env="test">
      <IntlProvider locale="en" messages={en}>
        {of.map((name) => (
          <Typing key={name} name={name} />
        ))}
        <UnsavedDialog />
      </IntlProvider>
    </MantineProvider>
  );
  const { rerender } = render(tree(names));
  return { now: (...of: string[]) => rerender(tree(of)) };
}

const type = (name: string, value = "typed") =>
  fireEvent.change(screen.getByLabelText(`Why ${name}`), { target: { value } });
const pressEscape = () => act(() => void fireEvent.keyDown(document.body, { key: "Escape" }));
const beside = () => fireEvent.click(document.querySelector(".mantine-Modal-overlay") as Element);
const cross = () => fireEvent.click(document.querySelector(".mantine-Modal-close") as Element);
const question = () => screen.queryByRole("dialog", { name: "You have unsaved changes" });

afterEach(() => {
  act(() => asked.set(null));
  close.mockReset();
});

const WAYS = [
  ["Escape", pressEscape],
  ["a click beside it", beside],
  ["its cross", cross],
] as const;

describe.each(WAYS)("a dialog, by %s", (_, leave) => {
  test("closes when nothing was typed in it", () => {
    show("Archive");
    leave();
    expect(close.mock.calls).toEqual([["Archive"]]);
    expect(question()).toBeNull();
  });

  test("asks first when something was", () => {
    show("Archive");
    type("Archive");
    leave();
    expect(close).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText("Keep editing"));
    expect(question()).toBeNull();
    expect(screen.getByLabelText<HTMLInputElement>("Why Archive").value).toBe("typed");
    leave();
    fireEvent.click(screen.getByText("Discard"));
    expect(close.mock.calls).toEqual([["Archive"]]);
    expect(question()).toBeNull();
  });
});

test("Escape closes the dialog on top, and no other", () => {
  const { now } = show("Archive", "Sign in");
  pressEscape();
  expect(close.mock.calls).toEqual([["Sign in"]]);
  now("Archive");
  type("Archive");
  pressEscape();
  expect(question()).not.toBeNull();
  pressEscape();
  expect(question()).toBeNull();
  expect(close.mock.calls).toEqual([["Sign in"]]);
});

test("a dialog that goes by itself takes its question along", () => {
  const { now } = show("Archive");
  type("Archive");
  pressEscape();
  expect(question()).not.toBeNull();
  now();
  expect(question()).toBeNull();
});
