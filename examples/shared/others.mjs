/** What other people do on the site while the client under its cache looks on. */
import { ask } from "./site.mjs";

const CREATE = `mutation ($input: CreateUserSegmentInput!) {
  createUserSegment(input: $input) { position segment { id name version } errors { message } }
}`;

const UPDATE = `mutation ($input: UpdateUserSegmentInput!) {
  updateUserSegment(input: $input) { position segment { id name version } errors { message } }
}`;

const USER = `mutation ($input: CreateUserInput!) {
  createUser(input: $input) { position user { id } errors { message } }
}`;

const ADD = `mutation ($input: SegmentMembersInput!) {
  addUsersToSegment(input: $input) { position errors { message } }
}`;

const REMOVE = `mutation ($input: SegmentMembersInput!) {
  removeUsersFromSegment(input: $input) { position errors { message } }
}`;

const CAUGHT_UP = "{ siteUserSegments(first: 0) { totalCount } }";

/** A payload without errors, once every read sees it. */
async function done(payload) {
  if (payload.errors.length) throw new Error(JSON.stringify(payload.errors));
  await caughtUp(payload.position);
  return payload;
}

/** Returns once every read sees what was recorded at this position. */
export async function caughtUp(position) {
  await ask(CAUGHT_UP, {}, { minPosition: position });
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

/** The ids of people who are new in the directory and in the segment, by name; and the position. */
export async function addPeople(id, lastNames) {
  const ids = [];
  for (const lastName of lastNames) {
    const username = `${lastName}-${Date.now()}`.toLowerCase();
    const name = { firstName: "Ada", lastName, username, email: `${username}@example.org` };
    ids.push((await done((await ask(USER, { input: name })).createUser)).user.id);
  }
  const input = { segment: { id }, users: { ids } };
  const { position } = await done((await ask(ADD, { input })).addUsersToSegment);
  return { ids, position };
}

/** Takes people out of a segment. */
export async function removePeople(id, ids) {
  const input = { segment: { id }, users: { ids } };
  await done((await ask(REMOVE, { input })).removeUsersFromSegment);
}
