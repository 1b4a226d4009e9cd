/** Lists, refetches, looks back, edits, uploads and follows, on Apollo Client: a line of JSON a step. */
import { AS_OF, COMPARE, EVENTS, LIST, LOG, NODE, RENAME, UPLOAD } from "../shared/documents.mjs";
import { caughtUp, createThree, rename } from "../shared/others.mjs";
import { report } from "../shared/report.mjs";
import { TOKENS } from "../shared/site.mjs";
import { createApolloClient } from "./client.mjs";

/** What all names begin with; another for each run on one site. */
const SEARCH = process.argv[2] ?? "Apollo";
const { client, close } = createApolloClient(TOKENS.admin);

const query = (query, variables) =>
  client.query({ query, variables, fetchPolicy: "network-only" }).then(({ data }) => data);

const shown = client.watchQuery({ query: LIST, variables: { first: 2, search: SEARCH } });
shown.subscribe(() => {});

/** The rows of the list, as a view beside it is about to show them. */
function rows() {
  const { query, variables } = shown.options;
  const data = client.cache.readQuery({ query, variables, optimistic: true });
  return data.siteUserSegments.edges.map(({ node }) => node);
}

const names = () => rows().map((row) => row.name);
const seen = ({ id, asOf, name }) => ({ id, asOf, name });

async function list() {
  await shown.refetch();
  const first = names();
  const { pageInfo } = shown.getCurrentResult().data.siteUserSegments;
  await shown.fetchMore({ variables: { after: pageInfo.endCursor } });
  report("list", { first, all: names() });
}

async function refetch(id) {
  await rename(id, `${SEARCH} A refetched`);
  const before = names()[0];
  await query(NODE, { id });
  report("refetch", { before, after: names()[0] });
}

async function lookBack(id, position) {
  const { userSegment: past } = await query(AS_OF, { id, asOf: { position } });
  const { node: again } = await query(NODE, { id: past.id });
  const states = { past: seen(past), again: seen(again), current: seen(past.current) };
  report("asOf", { id, ...states, now: names()[0] });
}

async function compare(id, from, to) {
  const variables = { id, from: { position: from }, to: { position: to } };
  const { compareSegment } = await query(COMPARE, variables);
  const { before, after } = compareSegment;
  const changes = compareSegment.changes.map(({ __typename, ...change }) => change);
  report("compare", { before: before.name, after: after.name, changes, now: names()[0] });
}

/** A rename that shows at once. Somebody was faster: what they made of it is in the answer. */
async function settle(id) {
  const row = rows()[0];
  await rename(id, `${SEARCH} A by others`);
  const attempt = renameOptimistically(row, `${SEARCH} A mine`);
  const optimistic = names()[0];
  const [refused] = (await attempt).errors;
  const current = names()[0];
  const { errors, position } = await renameOptimistically(rows()[0], `${SEARCH} A settled`);
  report("conflict", { code: refused.code, optimistic, current, settled: names()[0], errors });
  return position;
}

async function renameOptimistically(row, name) {
  const input = { segment: { id: row.id }, name, expectedVersion: row.version };
  const payload = { __typename: "UserSegmentPayload", position: null, errors: [] };
  const optimisticResponse = { updateUserSegment: { ...payload, segment: { ...row, name } } };
  const sent = { mutation: RENAME, variables: { input }, optimisticResponse };
  return (await client.mutate(sent)).data.updateUserSegment;
}

/** Follows from a position, is away while something happens, and goes on after the last seen. */
async function follow(id, position) {
  const first = await next(id, position - 1);
  const { position: missed } = await rename(id, `${SEARCH} A while away`);
  const resumed = (await next(id, first.position)).position;
  report("resumed", { seen: first.position, position, resumed, missed, now: names()[0] });
}

/** The first event after a position; the subscription is then left. */
function next(segment, after) {
  return new Promise((resolve, error) => {
    const followed = client.subscribe({ query: EVENTS, variables: { after, segment } });
    const left = followed.subscribe({
      next: ({ data }) => {
        resolve(data.events);
        queueMicrotask(() => left.unsubscribe());
      },
      error,
    });
  });
}

async function upload() {
  const file = new File([`name\n${SEARCH} uploaded\n`], "segments.csv", { type: "text/csv" });
  const variables = { input: { file, mode: "COMMIT" } };
  const { data } = await client.mutate({ mutation: UPLOAD, variables });
  const { created, errors, position } = data.uploadUserSegments;
  await caughtUp(position);
  report("upload", { created, errors });
}

async function forbidden() {
  const trainer = createApolloClient(TOKENS.trainer);
  const { data } = await trainer.client.query({ query: LOG, variables: { search: SEARCH } });
  report("forbidden", { totalCount: data.siteUserSegments.totalCount, events: data.events });
  await trainer.close();
}

const [{ segment, position }] = await createThree(SEARCH);
await list();
await refetch(segment.id);
await lookBack(segment.id, position);
const end = await rename(segment.id, `${SEARCH} A compared`);
await compare(segment.id, position, end.position);
await query(NODE, { id: segment.id });
await follow(segment.id, await settle(segment.id));
await upload();
await forbidden();
await close();
