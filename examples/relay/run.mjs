/** Lists, refetches, looks back, edits, uploads and follows, on Relay: one line of JSON a step. */
import { addPeople, caughtUp, createThree, removePeople, rename } from "../shared/others.mjs";
import { report } from "../shared/report.mjs";
import { TOKENS } from "../shared/site.mjs";
import { createEnvironment } from "./environment.mjs";
import { commit, first, load, look, read } from "./operations.mjs";

/** What all names begin with; another for each run on one site. */
const SEARCH = process.argv[2] ?? "Relay";
const { environment, close } = createEnvironment(TOKENS.admin);

const listed = { count: 2, search: SEARCH };

/** The rows of the list, as a view beside it would show them. */
function rows() {
  const list = read(environment, "Segments_list", look(environment, "SegmentsListQuery", listed));
  return list.siteUserSegments.edges.map(({ node }) => read(environment, "Segments_row", node));
}

const names = () => rows().map((row) => row.name);

async function list() {
  await load(environment, "SegmentsListQuery", listed);
  const before = names();
  const query = look(environment, "SegmentsListQuery", listed);
  const { pageInfo } = read(environment, "Segments_list", query).siteUserSegments;
  const more = { ...listed, cursor: pageInfo.endCursor };
  await load(environment, "SegmentsListPaginationQuery", more);
  report("list", { first: before, all: names() });
}

async function refetch(id) {
  await rename(id, `${SEARCH} A refetched`);
  const before = names()[0];
  await load(environment, "SegmentsRowRefetchQuery", { id });
  report("refetch", { before, after: names()[0] });
}

async function lookBack(id, position) {
  const variables = { id, asOf: { position } };
  await load(environment, "SegmentsAsOfQuery", variables);
  const { userSegment } = look(environment, "SegmentsAsOfQuery", variables);
  const past = read(environment, "Segments_row", userSegment);
  await load(environment, "SegmentsRowRefetchQuery", { id: past.id });
  const again = read(environment, "Segments_row", userSegment);
  const current = read(environment, "Segments_row", userSegment.current);
  report("asOf", {
    id,
    past: seen(past),
    again: seen(again),
    current: seen(current),
    now: names()[0],
  });
}

const seen = ({ id, asOf, name }) => ({ id, asOf, name });

/** Pages of a roster as of a moment: what usePaginationFragment does is a refetch by its id. */
async function pageThePast(id) {
  const { ids, position } = await addPeople(id, ["Archer", "Baker", "Cook"]);
  await removePeople(id, ids.slice(1));
  const variables = { id, asOf: { position }, count: 2 };
  await load(environment, "PeoplePastQuery", variables);
  const { userSegment } = look(environment, "PeoplePastQuery", variables);
  const members = (segment) => read(environment, "People_members", segment).members;
  const { endCursor } = members(userSegment).pageInfo;
  const more = { id: userSegment.id, count: 2, cursor: endCursor };
  await load(environment, "PeopleMembersPaginationQuery", more);
  const count = (segment) => members(segment).edges.length;
  report("roster", { past: count(userSegment), now: count(userSegment.current) });
}

async function compare(id, from, to) {
  const variables = { id, from: { position: from }, to: { position: to } };
  await load(environment, "SegmentsCompareQuery", variables);
  const data = look(environment, "SegmentsCompareQuery", variables);
  const { before, after, changes } = data.compareSegment;
  const name = (reference) => read(environment, "Segments_row", reference).name;
  report("compare", { before: name(before), after: name(after), changes, now: names()[0] });
}

/** A rename that shows at once. Somebody was faster: what they made of it is in the answer. */
async function settle(id) {
  const row = rows()[0];
  await rename(id, `${SEARCH} A by others`);
  const attempt = renameOptimistically(row, `${SEARCH} A mine`);
  const optimistic = names()[0];
  const refused = (await attempt).updateUserSegment.errors[0];
  const current = names()[0];
  const settled = renameOptimistically(rows()[0], `${SEARCH} A settled`);
  const { errors, position } = (await settled).updateUserSegment;
  report("conflict", { code: refused.code, optimistic, current, settled: names()[0], errors });
  return position;
}

function renameOptimistically({ id, version }, name) {
  const input = { segment: { id }, name, expectedVersion: version };
  const optimisticUpdater = (store) => store.get(id).setValue(name, "name");
  return commit(environment, "CommandsRenameMutation", { input }, { optimisticUpdater });
}

async function upload() {
  const file = new File([`name\n${SEARCH} uploaded\n`], "segments.csv", { type: "text/csv" });
  const variables = { input: { file: null, mode: "COMMIT" } };
  const uploadables = { "variables.input.file": file };
  const answer = await commit(environment, "CommandsUploadMutation", variables, { uploadables });
  const { created, errors, position } = answer.uploadUserSegments;
  await caughtUp(position);
  await load(environment, "SegmentsListQuery", { ...listed, count: 10 });
  report("upload", { created, errors });
}

/** Follows from a position, is away while something happens, and goes on after the last seen. */
async function follow(id, position) {
  const next = async (after) => {
    const variables = { after, segment: id };
    return (await first(environment, "CommandsEventsSubscription", variables)).events;
  };
  const seen = await next(position - 1);
  const { position: missed } = await rename(id, `${SEARCH} A while away`);
  const resumed = await next(seen.position);
  report("resumed", {
    seen: seen.position,
    position,
    resumed: resumed.position,
    missed,
    now: names()[0],
  });
}

async function forbidden() {
  const trainer = createEnvironment(TOKENS.trainer);
  const variables = { search: SEARCH };
  await load(trainer.environment, "SegmentsLogQuery", variables);
  const { siteUserSegments, events } = look(trainer.environment, "SegmentsLogQuery", variables);
  report("forbidden", { totalCount: siteUserSegments.totalCount, events });
  await trainer.close();
}

const [{ segment, position }] = await createThree(SEARCH);
await list();
await refetch(segment.id);
await lookBack(segment.id, position);
const end = await rename(segment.id, `${SEARCH} A compared`);
await compare(segment.id, position, end.position);
await load(environment, "SegmentsRowRefetchQuery", { id: segment.id });
const settled = await settle(segment.id);
await follow(segment.id, settled);
await pageThePast(segment.id);
await upload();
await forbidden();
await close();
