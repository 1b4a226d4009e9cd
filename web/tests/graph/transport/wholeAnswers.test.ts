import { type CombinedError, gql, type RequestPolicy } from "urql";
import { afterEach, expect, test, vi } from "vitest";
import { makeClient } from "~/graph/transport/client";

const ID = "segment_1";
const SEGMENT = gql(`query Segment { userSegment(segment: { id: "${ID}" }) { id name } }`);
const HISTORY = gql(
  `query History { userSegment(segment: { id: "${ID}" }) { id history { totalCount } } }`,
);
const THERE = { data: { userSegment: { __typename: "UserSegment", id: ID, name: "Sales" } } };

function failedAt(...path: string[]) {
  const extensions = { code: "UNAVAILABLE" };
  return { data: { userSegment: null }, errors: [{ message: "Try again.", path, extensions }] };
}

/** The service answers with these, one after the other. */
function answering(...answers: readonly object[]) {
  const left = [...answers];
  const headers = { "Content-Type": "application/json" };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(left.shift()), { headers }));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

function asking(client = makeClient()) {
  return (query: typeof SEGMENT, requestPolicy: RequestPolicy = "cache-first") =>
    client.query(query, {}, { requestPolicy }).toPromise();
}

function codeOf(error: CombinedError | undefined): unknown {
  return error?.graphQLErrors[0]?.extensions.code;
}

test.each([
  [["userSegment", "history"]],
  [["userSegment", "history", "totalCount"]],
  [["userSegment"]],
  [[]],
])("what fails at %j is told, and says nothing of what is there", async (path) => {
  answering(THERE, failedAt(...path));
  const ask = asking();
  await ask(SEGMENT);
  const failed = await ask(HISTORY);
  expect(failed.data).toBeUndefined();
  expect(codeOf(failed.error)).toBe("UNAVAILABLE");
  const { data } = await ask(SEGMENT, "cache-only");
  expect(data.userSegment).toMatchObject({ id: ID, name: "Sales" });
});

test("what is asked again once the service can answer is there again", async () => {
  const history = { __typename: "RecordedEventConnection", totalCount: 3 };
  const whole = { data: { userSegment: { __typename: "UserSegment", id: ID, history } } };
  answering(failedAt("userSegment", "history"), whole);
  const ask = asking();
  await ask(HISTORY);
  const { data, error } = await ask(HISTORY);
  expect(error).toBeUndefined();
  expect(data.userSegment).toMatchObject({ history: { totalCount: 3 } });
});

test("null without an error is what it says: it is not there any more", async () => {
  answering(THERE, { data: { userSegment: null } });
  const ask = asking();
  await ask(SEGMENT);
  await ask(SEGMENT, "network-only");
  const { data } = await ask(SEGMENT, "cache-only");
  expect(data).toEqual({ userSegment: null });
});

test("what a command brings beside an error is not touched", async () => {
  const done = { __typename: "UserPayload", position: 7 };
  answering({ data: { updateUser: done }, errors: [{ message: "Late." }] });
  const { data } = await makeClient().mutation("mutation { updateUser { position } }", {});
  expect(data).toMatchObject({ updateUser: { position: 7 } });
});
