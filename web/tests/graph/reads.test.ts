import { act, renderHook, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { gql, Provider } from "urql";
import { afterEach, expect, test, vi } from "vitest";
import { makeClient } from "~/graph/transport/client";
import { useRead } from "~/graph/useRead";
import { useSnapshotQuery } from "~/graph/useSnapshotQuery";

const SEGMENT = gql('query Segment { userSegment(segment: { id: "segment_1" }) { id name } }');
const SALES = { __typename: "UserSegment", id: "segment_1", name: "Sales" };
const FAILED = {
  data: { userSegment: null },
  errors: [{ message: "Not now.", path: ["userSegment", "name"] }],
};

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  ["useRead", useRead],
  ["useSnapshotQuery", useSnapshotQuery],
])("%s keeps what was read when it is asked again in vain", async (_, read) => {
  const answers = [{ data: { userSegment: SALES } }, FAILED];
  const headers = { "Content-Type": "application/json" };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(answers.shift()), { headers }));
  const client = makeClient();
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(Provider, { value: client }, children);
  const { result } = renderHook(() => read(SEGMENT, {}), { wrapper });
  await waitFor(() => expect(result.current.data).toBeDefined());
  act(() => result.current.again());
  await waitFor(() => expect(result.current.error).toBeDefined());
  expect(result.current.data).toMatchObject({ userSegment: { name: "Sales" } });
});
