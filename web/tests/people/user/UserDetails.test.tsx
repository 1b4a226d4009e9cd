import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { type Client, Provider } from "urql";
import { beforeEach, describe, expect, test } from "vitest";
import { isUnsaved } from "~/hooks/unsaved";
import en from "~/intl/en";
import type { User } from "~/people/people";
import { UserDetails } from "~/people/user/UserDetails";

const ELIF: User = {
  id: "user_1",
  username: "elif",
  email: "elif@example.org",
  firstName: "Elif",
  lastName: "Kaya",
  displayName: "Elif Kaya",
  code: null,
  status: "ACTIVE",
  roles: ["LEARNER"],
  createdAt: "2026-01-02T03:04:05Z",
  updatedAt: "2026-01-02T03:04:05Z",
  version: 1,
};
const NOBODY = { username: "", email: "", firstName: "", lastName: "", roles: [] };
const REMOVED: User = { ...ELIF, status: "REMOVED", version: 2 };
const ERASED: User = {
  ...ELIF,
  ...NOBODY,
  displayName: "Erased user",
  status: "ERASED",
  version: 2,
};

function show(user: User, changes = true) {
  const tree = (known: User) => (
    <Provider value={{} as Client}>
      <MantineProvider>
        <IntlProvider locale="en" messages={en}>
          <main>
            <UserDetails user={known} changes={changes} />
          </main>
        </IntlProvider>
      </MantineProvider>
    </Provider>
  );
  const { rerender, unmount } = render(tree(user));
  return { becomes: (known: User) => rerender(tree(known)), unmount };
}

const text = () => screen.getByRole("main").textContent;
const field = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const choose = (name: string) => fireEvent.click(screen.getByRole("checkbox", { name }));

test.each([REMOVED, ERASED])("of one who has gone nothing is shown: $status", (user) => {
  const { unmount } = show(user);
  expect(text()).toBe("");
  unmount();
  show(user, false);
  expect(text()).toBe("");
});

describe.each([REMOVED, ERASED])("of one who goes meanwhile: $status", (user) => {
  let becomes: (user: User) => void;

  beforeEach(() => {
    ({ becomes } = show(ELIF));
  });

  test("nothing stays when nothing was typed", () => {
    becomes(user);
    expect(text()).toBe("");
    expect(isUnsaved()).toBe(false);
  });

  test.each(["ID number", "Last name"])("what was typed stays, and nothing else: %s", (name) => {
    type(name, "typed");
    becomes(user);
    expect(text()).toBe(`${en["people.typed"]}${name}typed`);
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(isUnsaved()).toBe(true);
  });

  test("so do the roles that were chosen", () => {
    choose("Auditor");
    becomes(user);
    expect(text()).toContain("Auditor, Learner");
    expect(text()).not.toContain("Elif");
    expect(isUnsaved()).toBe(true);
  });
});

test("once they are there again, the form is as it was", () => {
  const { becomes } = show(ELIF);
  type("Last name", "typed");
  choose("Auditor");
  becomes(REMOVED);
  becomes({ ...ELIF, version: 3 });
  expect(field("Last name").value).toBe("typed");
  expect(field("First name").value).toBe("Elif");
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Auditor" }).checked).toBe(true);
});
