import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { gql, Provider } from "urql";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { position } from "~/graph/position";
import { makeClient } from "~/graph/transport/client";
import { useRead } from "~/graph/useRead";

const SEGMENT = gql('query Segment { userSegment(segment: { id: "segment_1" }) { id name } }');
const FAILED = {
  data: { userSegment: null },
  errors: [{ message: "Not now.", path: ["userSegment", "name"] }],
};

function segment(name: string, read?: number) {
  const data = { userSegment: { __typename: "UserSegment", id: "segment_1", name } };
  return { data, ...(read !== undefined && { extensions: { position: read } }) };
}

let sent: { extensions?: { minPosition?: number } }[] = [];

/** The service answers with these, one after the other. */
function answering(...answers: readonly object[]) {
  const left = [...answers];
  const headers = { "Content-Type": "application/json" };
  vi.stubGlobal("fetch", async (_: unknown, { body }: { body: string }) => {
    sent.push(JSON.parse(body));
    return new Response(JSON.stringify(left.shift()), { headers });
  });
}

function reading(options: Parameters<typeof useRead>[2] = {}, client = makeClient()) {
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(Provider, { value: client }, children);
  const { result, unmount } = renderHook(() => useRead(SEGMENT, {}, options), { wrapper });
  const name = () => result.current.data?.userSegment.name;
  return { client, result, unmount, name };
}

const asked = () => sent.map(({ extensions }) => extensions?.minPosition);

/** No answer of another test counts as current. */
let start = 1_000;

beforeEach(() => {
  sent = [];
  start += 1_000;
  position.set(start);
});

afterEach(() => {
  vi.unstubAllGlobals();
  position.set(0);
});

test.each([
  ["what follows the log", {}],
  ["a list that must not move", { follows: false }],
])("%s keeps what was read when it is asked again in vain", async (_, options) => {
  answering(segment("Sales"), FAILED);
  const { result, name } = reading(options);
  await waitFor(() => expect(name()).toBe("Sales"));
  act(() => result.current.again());
  await waitFor(() => expect(result.current.error).toBeDefined());
  expect(name()).toBe("Sales");
});

test("a read waits for the position known to the page, and is asked again when that moves", async () => {
  answering(segment("Sales"), segment("Sales Team"));
  const { name } = reading();
  await waitFor(() => expect(name()).toBe("Sales"));
  act(() => position.set(start + 1));
  await waitFor(() => expect(name()).toBe("Sales Team"));
  expect(asked()).toEqual([start, start + 1]);
});

test("an answer that is as new already is not asked for again", async () => {
  answering(segment("Sales", start + 5), segment("Sales Team"));
  const { name } = reading();
  await waitFor(() => expect(name()).toBe("Sales"));
  act(() => position.set(start + 5));
  act(() => position.set(start + 6));
  await waitFor(() => expect(name()).toBe("Sales Team"));
  expect(asked()).toEqual([start, start + 6]);
});

test("what does not follow the log is asked once", async () => {
  answering(segment("Sales"));
  const { name } = reading({ follows: false });
  await waitFor(() => expect(name()).toBe("Sales"));
  act(() => position.set(start + 1));
  expect(asked()).toEqual([start]);
});

test("a page that is opened again shows what it knows while that is current, and nothing older", async () => {
  answering(segment("Sales"), segment("Sales Team"));
  const { client, name, unmount } = reading();
  await waitFor(() => expect(name()).toBe("Sales"));
  unmount();
  const again = reading({}, client);
  expect(again.name()).toBe("Sales");
  again.unmount();
  position.set(start + 1);
  const later = reading({}, client);
  expect(later.name()).toBeUndefined();
  await waitFor(() => expect(later.name()).toBe("Sales Team"));
  expect(asked()).toEqual([start, start + 1]);
});
