import { render, screen } from "@testing-library/react";
import { Suspense } from "react";
import { expect, test, vi } from "vitest";
import { Boundary } from "~/components/loading/Boundary";
import { lazyComponent, NotLoaded, renew } from "~/components/loading/lazyComponent";

const load = async () => ({ default: () => <p>the page</p> });

function shown(Page: ReturnType<typeof lazyComponent<object>>) {
  render(
    <Suspense fallback={<p>waiting</p>}>
      <Page />
    </Suspense>,
  );
}

test("a page that is there already is shown at once", async () => {
  const loading = vi.fn(load);
  const Page = lazyComponent(loading);
  Page.begin();
  await vi.waitFor(() => expect(loading.mock.results).toHaveLength(1));
  await Promise.resolve();
  await Promise.resolve();
  shown(Page);
  expect(screen.getByText("the page")).toBeDefined();
  expect(loading).toHaveBeenCalledOnce();
});

test("a page that is not is waited for", async () => {
  shown(lazyComponent(load));
  expect(screen.getByText("waiting")).toBeDefined();
  expect(await screen.findByText("the page")).toBeDefined();
});

test("a page that could not be loaded before is asked for again when it is shown", async () => {
  const loading = vi.fn(load).mockRejectedValueOnce(new Error("away"));
  const Page = lazyComponent(loading);
  Page.begin();
  await vi.waitFor(() => expect(loading).toHaveBeenCalledOnce());
  await new Promise((go) => setTimeout(go));
  shown(Page);
  expect(await screen.findByText("the page")).toBeDefined();
});

test("what could not be loaded is asked for again after renew, and not before", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const loading = vi.fn(load).mockRejectedValueOnce(new Error("away"));
  const Page = lazyComponent(loading);
  const problems: unknown[] = [];
  const tree = (key: string) => (
    <Boundary
      key={key}
      failed={({ problem }) => {
        problems.push(problem);
        return <p>not there</p>;
      }}
    >
      <Suspense fallback={<p>waiting</p>}>
        <Page />
      </Suspense>
    </Boundary>
  );
  const { rerender } = render(tree("first"));
  expect(await screen.findByText("not there")).toBeDefined();
  expect(problems[0]).toBeInstanceOf(NotLoaded);
  rerender(tree("second"));
  expect(screen.getByText("not there")).toBeDefined();
  expect(loading).toHaveBeenCalledOnce();
  renew();
  rerender(tree("third"));
  expect(await screen.findByText("the page")).toBeDefined();
});
