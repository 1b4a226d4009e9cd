import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { type Client, Provider } from "urql";
import { beforeEach, describe, expect, test, vi } from "vitest";
import en from "~/intl/en";
import AssignTab from "~/memberships/assign/AssignTab";

vi.mock("~/session/Viewer", () => ({ useMay: () => () => true }));
vi.mock("~/memberships/assign/PeoplePane", () => ({ PeoplePane: () => null }));

type Status = "ACTIVE" | "ARCHIVED";

const ARCHIVED = en["memberships.archived"];

function show(first: Status) {
  const tree = (status: Status) => (
    <Provider value={{} as Client}>
      <MantineProvider>
        <IntlProvider locale="en" messages={en}>
          <AssignTab segment={{ id: "segment_1", name: "Sales", status }} />
        </IntlProvider>
      </MantineProvider>
    </Provider>
  );
  const { rerender } = render(tree(first));
  return { becomes: (status: Status) => rerender(tree(status)) };
}

const entries = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Entries" });
const reason = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Reason" });
const add = () => screen.getByRole<HTMLButtonElement>("button", { name: "Add 2 entries" });

test("to a segment that is archived nobody is assigned", () => {
  show("ARCHIVED");
  expect(screen.getByText(ARCHIVED)).toBeDefined();
  expect(screen.queryByRole("textbox")).toBeNull();
});

describe("what was typed before somebody archives the segment", () => {
  let becomes: (status: Status) => void;

  beforeEach(() => {
    ({ becomes } = show("ACTIVE"));
    fireEvent.change(entries(), { target: { value: "elif\nkaja" } });
    fireEvent.change(reason(), { target: { value: "They asked." } });
    expect(add().disabled).toBe(false);
    becomes("ARCHIVED");
  });

  test("stays, and why nothing can be done with it is said beside it", () => {
    expect(entries().value).toBe("elif\nkaja");
    expect(reason().value).toBe("They asked.");
    expect(add().disabled).toBe(true);
    expect(screen.getAllByText(ARCHIVED)).toHaveLength(2);
  });

  test("can be sent when the segment is restored", () => {
    becomes("ACTIVE");
    expect(entries().value).toBe("elif\nkaja");
    expect(add().disabled).toBe(false);
    expect(screen.queryByText(ARCHIVED)).toBeNull();
  });
});
