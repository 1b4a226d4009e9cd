import { readFileSync } from "node:fs";
import { EMBEDDED_TYPES, POSSIBLE_TYPES } from "virtual:schema-types";
import { buildSchema, isAbstractType } from "graphql";
import { gql } from "urql";
import { afterEach, expect, test, vi } from "vitest";
import { makeClient } from "~/graph/transport/client";

const NOW = gql('query Now { userSegment(segment: { id: "segment_1" }) { id name } }');
const THEN = gql(
  'query Then { userSegment(segment: { id: "segment_1" }, asOf: { position: 45 }) { id name } }',
);
const COMPARED = gql(
  `query Compared {
    compareSegment(segment: { id: "segment_1" }, from: { position: 45 }, to: { position: 52 }) {
      before { id name }
      after { id name }
    }
  }`,
);
const RENAME = gql(
  `mutation Rename($input: UpdateUserSegmentInput!) {
    updateUserSegment(input: $input) {
      segment { id name }
      position
      errors { code ... on VersionConflict { current { id ... on UserSegment { name } } } }
    }
  }`,
);

function segment(id: string, name: string) {
  return { __typename: "UserSegment", id, name };
}

const PRESENT = segment("segment_1", "Sales Team");
const PAST = segment("segment_1@45", "Sales");

/** The service answers with these, one after the other; no console warning is left unseen. */
function answering(...answers: readonly object[]) {
  const left = answers.map((data) => ({ data }));
  const headers = { "Content-Type": "application/json" };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(left.shift()), { headers }));
  const client = makeClient();
  return {
    client,
    ask: async (query: typeof NOW) => (await client.query(query, {}).toPromise()).data,
    known: async (query: typeof NOW) =>
      (await client.query(query, {}, { requestPolicy: "cache-only" }).toPromise()).data,
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("what is read as of a moment stands beside what is now, and neither overwrites the other", async () => {
  const { ask, known } = answering({ userSegment: PRESENT }, { userSegment: PAST });
  await ask(NOW);
  expect(await ask(THEN)).toMatchObject({ userSegment: { id: PAST.id, name: "Sales" } });
  expect(await known(NOW)).toMatchObject({ userSegment: { name: "Sales Team" } });
  expect(await known(THEN)).toMatchObject({ userSegment: { name: "Sales" } });
});

test("a comparison shows a thing at both moments, beside what is now", async () => {
  const after = segment("segment_1@52", "Sellers");
  const compareSegment = { __typename: "SegmentComparison", before: PAST, after };
  const { ask, known } = answering({ userSegment: PRESENT }, { compareSegment });
  await ask(NOW);
  expect(await ask(COMPARED)).toMatchObject({
    compareSegment: { before: { name: "Sales" }, after: { name: "Sellers" } },
  });
  expect(await known(NOW)).toMatchObject({ userSegment: { name: "Sales Team" } });
});

test("a refused edit leaves what others saved, wherever it is shown, and the past as it was", async () => {
  const current = segment("segment_1", "Theirs");
  const conflict = { __typename: "VersionConflict", code: "VERSION_CONFLICT", current };
  const payload = { __typename: "UserSegmentPayload", segment: null, position: 46 };
  const { client, ask, known } = answering(
    { userSegment: PRESENT },
    { userSegment: PAST },
    { updateUserSegment: { ...payload, errors: [conflict] } },
  );
  await ask(NOW);
  await ask(THEN);
  const input = { segment: { id: "segment_1" }, name: "Mine", expectedVersion: 1 };
  await client.mutation(RENAME, { input }).toPromise();
  expect(await known(NOW)).toMatchObject({ userSegment: { name: "Theirs" } });
  expect(await known(THEN)).toMatchObject({ userSegment: { name: "Sales" } });
});

test("an actor is one thing wherever they are named", async () => {
  const user = gql('query Maria { user(user: { id: "user_1" }) { id displayName } }');
  const viewer = gql("query Me { viewer { id displayName } }");
  const maria = (displayName: string) => ({ __typename: "User", id: "user_1", displayName });
  const { ask, known } = answering({ user: maria("Maria") }, { viewer: maria("Maria Lopez") });
  await ask(user);
  await ask(viewer);
  expect(await known(user)).toMatchObject({ user: { displayName: "Maria Lopez" } });
});

test("the cache knows the types of each interface and union of the schema, and those without an id", () => {
  const schema = buildSchema(readFileSync("../graph/schema.graphql", "utf8"));
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  expect(Object.keys(POSSIBLE_TYPES)).toEqual(abstract.map(({ name }) => name));
  expect(POSSIBLE_TYPES.Actor).toEqual(["Principal", "SystemActor", "User"]);
  expect(POSSIBLE_TYPES.UserError).toContain("Archived");
  expect(EMBEDDED_TYPES).toContain("PageInfo");
  expect(EMBEDDED_TYPES).toContain("UserSegmentPayload");
  for (const identified of ["UserSegment", "User", "RecordedEvent", "Query", "Mutation"])
    expect(EMBEDDED_TYPES).not.toContain(identified);
});
