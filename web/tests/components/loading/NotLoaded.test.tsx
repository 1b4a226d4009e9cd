import { MantineProvider } from "@mantine/core";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { IntlProvider } from "react-intl";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { AwaitedPage } from "~/components/loading/Awaited";
import { lazyComponent } from "~/components/loading/lazyComponent";
import * as version from "~/components/loading/version";
import { back, lost } from "~/graph/transport/connection";
import en from "~/intl/en";

const there = { default: () => <p>the page</p> };
const loading = vi.fn(async () => there);
const why = vi.fn<() => Promise<version.Why>>();
const reload = vi.fn(() => true);

function show(place = "/users", Page = lazyComponent(loading)) {
  const tree = (at: string) => (
    <MantineProvider>
      <IntlProvider locale="en" messages={en}>
        <p>the shell</p>
        <AwaitedPage place={at}>
          <Page />
        </AwaitedPage>
      </IntlProvider>
    </MantineProvider>
  );
  const { rerender } = render(tree(place));
  return { goTo: (at: string) => rerender(tree(at)) };
}

const failing = () => screen.findByRole("heading", { name: "This page could not be loaded" });

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(version, "whyNotLoaded").mockImplementation(why);
  vi.spyOn(version, "reloadOnce").mockImplementation(reload);
  vi.spyOn(location, "reload").mockImplementation(reload);
  why.mockReset().mockResolvedValue("away");
  reload.mockReset().mockReturnValue(true);
  loading.mockReset().mockResolvedValue(there);
});

describe("a page that cannot be loaded", () => {
  beforeEach(() => {
    loading.mockRejectedValueOnce(new Error("Failed to fetch"));
  });

  test("says so, and leaves what is around it", async () => {
    show();
    expect(await failing()).toBeDefined();
    expect(screen.getByText("the shell")).toBeDefined();
    expect(loading).toHaveBeenCalledOnce();
  });

  test("is there once the service is back", async () => {
    show();
    await failing();
    act(lost);
    expect(loading).toHaveBeenCalledOnce();
    act(back);
    expect(await screen.findByText("the page")).toBeDefined();
  });

  test("is there once the network is back", async () => {
    show();
    await failing();
    fireEvent(window, new Event("online"));
    expect(await screen.findByText("the page")).toBeDefined();
  });

  test("is asked for once more when the service was never away", async () => {
    why.mockResolvedValue("same");
    show();
    expect(await screen.findByText("the page")).toBeDefined();
  });

  test("is tried by hand", async () => {
    show();
    await failing();
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("the page")).toBeDefined();
    expect(reload).not.toHaveBeenCalled();
  });

  test("is tried when somebody goes elsewhere", async () => {
    const { goTo } = show("/users");
    await failing();
    goTo("/log");
    expect(await screen.findByText("the page")).toBeDefined();
  });

  test("is left for another version", async () => {
    why.mockResolvedValue("stale");
    show();
    await waitFor(() => expect(reload).toHaveBeenCalled());
    expect(screen.queryByRole("heading")).toBeNull();
    expect(loading).toHaveBeenCalledOnce();
  });

  test("is told when that has not helped", async () => {
    why.mockResolvedValue("stale");
    reload.mockReturnValue(false);
    show();
    await failing();
    expect(loading).toHaveBeenCalledOnce();
  });

  test("a second time is told, and by hand the whole page is loaded anew", async () => {
    why.mockResolvedValue("same");
    loading.mockRejectedValueOnce(new Error("blocked"));
    show();
    await waitFor(() => expect(loading).toHaveBeenCalledTimes(2));
    await failing();
    expect(reload).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(reload).toHaveBeenCalledOnce());
    expect(loading).toHaveBeenCalledTimes(2);
  });
});

test("a page that fails while it is shown leaves what is around it, too", async () => {
  let broken = true;
  const Broken = () => {
    if (broken) throw new Error("a mistake of ours");
    return <p>the page</p>;
  };
  show(
    "/users",
    lazyComponent(async () => ({ default: Broken })),
  );
  await failing();
  expect(why).not.toHaveBeenCalled();
  broken = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("the page")).toBeDefined();
});
