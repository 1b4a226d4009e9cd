import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Router, useLocation } from "wouter";
import { navigate, usePath, useSearch } from "~/app/place";
import { asked, useUnsaved } from "~/hooks/unsaved";

function Form({ dirty, lostWith }: { dirty: boolean; lostWith?: "page" | "address" }) {
  const [path] = useLocation();
  const free = useUnsaved(dirty, lostWith);
  return (
    <>
      <p>{path}</p>
      <button type="button" onClick={() => free(() => navigate("/users"))}>
        Save
      </button>
      <button type="button" onClick={() => free(() => undefined)}>
        Save here
      </button>
    </>
  );
}

function show(dirty: boolean, lostWith?: "page" | "address") {
  const tree = (typed: boolean) => (
    <Router hook={usePath} searchHook={useSearch}>
      <Form dirty={typed} {...(lostWith && { lostWith })} />
    </Router>
  );
  const { rerender, unmount } = render(tree(dirty));
  return { type: (typed: boolean) => rerender(tree(typed)), unmount };
}

const go = (to: string, options = {}) => act(() => navigate(to, options));
const agree = () =>
  act(() => {
    const on = asked.value;
    asked.set(null);
    on?.();
  });

beforeEach(() => go("/segments/new"));
afterEach(() => asked.set(null));

describe("a form with something typed", () => {
  test("stays until one agrees to leave it", () => {
    show(true);
    go("/users");
    expect(screen.getByText("/segments/new")).toBeDefined();
    expect(location.pathname).toBe("/segments/new");
    agree();
    expect(screen.getByText("/users")).toBeDefined();
    expect(location.pathname).toBe("/users");
  });

  test("may be left once it is saved, before it is drawn anew", () => {
    show(true);
    fireEvent.click(screen.getByText("Save"));
    expect(asked.value).toBeNull();
    expect(location.pathname).toBe("/users");
  });

  test("is kept as before when it may be left, and is not", () => {
    show(true);
    fireEvent.click(screen.getByText("Save here"));
    go("/users");
    expect(asked.value).not.toBeNull();
    expect(dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(false);
  });

  test("is asked about again when the step to which one agreed leads nowhere", () => {
    const steps = vi.spyOn(history, "go").mockImplementation(() => undefined);
    const { step } = history.state;
    const move = (to: string, at: number) =>
      act(() => {
        history.replaceState({ step: at }, "", to);
        dispatchEvent(new PopStateEvent("popstate", { state: { step: at } }));
      });
    show(true);
    move("/users", step + 2);
    move("/segments/new", step);
    agree();
    expect(steps.mock.calls).toEqual([[-2], [2]]);
    expect(asked.value).toBeNull();
    move("/log", step - 1);
    expect(asked.value).not.toBeNull();
    expect(screen.getByText("/segments/new")).toBeDefined();
    move("/segments/new", step);
    agree();
    move("/log", step - 1);
    expect(asked.value).toBeNull();
    expect(screen.getByText("/log")).toBeDefined();
  });

  test("is not lost to a change of the address within its page", () => {
    show(true);
    go("/segments/new?search=x");
    expect(asked.value).toBeNull();
  });

  test("is lost with the edit that the address opens", () => {
    go("/segments/segment_1?edit=yes&position=1");
    show(true);
    go("/segments/segment_1?edit=yes");
    expect(asked.value).toBeNull();
    go("/segments/segment_1");
    expect(asked.value).not.toBeNull();
  });

  test("in a list is lost to another page of it, and not to what is typed in its search", () => {
    show(true, "address");
    go("/segments/new?search=x", { replace: true });
    expect(asked.value).toBeNull();
    go("/segments/new?after=c");
    expect(asked.value).not.toBeNull();
  });

  test("has the browser ask before the page is closed, and only as long as it has", () => {
    const closes = () => dispatchEvent(new Event("beforeunload", { cancelable: true }));
    const { type, unmount } = show(true);
    expect(closes()).toBe(false);
    type(false);
    expect(closes()).toBe(true);
    type(true);
    expect(closes()).toBe(false);
    unmount();
    expect(closes()).toBe(true);
  });
});

test("nobody is asked about a form in which nothing was typed", async () => {
  show(false);
  go("/users");
  expect(asked.value).toBeNull();
  await waitFor(() => expect(screen.getByText("/users")).toBeDefined());
});
