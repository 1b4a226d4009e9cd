/** What other people do on the site while the client under its cache looks on. */
import { ask } from "./site.mjs";

const CREATE = `mutation ($input: CreateUserSegmentInput!) {
  createUserSegment(input: $input) { position segment { id name version } errors { message } }
}`;

const UPDATE = `mutation ($input: UpdateUserSegmentInput!) {
  updateUserSegment(input: $input) { position segment { id name version } errors { message } }
}`;

const CAUGHT_UP = `query ($position: LogPosition!) {
  siteUserSegments(first: 0, minPosition: $position) { totalCount }
}`;

/** A payload without errors, once every read sees it. */
async function done(payload) {
  if (payload.errors.length) throw new Error(JSON.stringify(payload.errors));
  await caughtUp(payload.position);
  return payload;
}

/** Returns once every read sees what was recorded at this position. */
export async function caughtUp(position) {
  await ask(CAUGHT_UP, { position });
}

/** `{ position, segment: { id, name, version } }` of a new segment. */
export async function create(fields) {
  return done((await ask(CREATE, { input: fields })).createUserSegment);
}

/** The same of one that is renamed. */
export async function rename(id, name) {
  return done((await ask(UPDATE, { input: { segment: { id }, name } })).updateUserSegment);
}

/** Three segments whose names begin with the prefix, by name: the payloads of their creations. */
export async function createThree(prefix) {
  const created = [];
  for (const letter of ["A", "B", "C"]) created.push(await create({ name: `${prefix} ${letter}` }));
  return created;
}
