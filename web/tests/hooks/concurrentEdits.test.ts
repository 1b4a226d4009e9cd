import { expect, test } from "vitest";
import {
  type ConcurrentEdits,
  changedFields,
  concurrentEdits,
  resolved,
  type Since,
  sendEdit,
} from "~/hooks/concurrentEdits";
import { changesIn } from "~/hooks/merging";
import { SEGMENT_CONFLICTS } from "~/segments/edit/sendSegment";
import type { Updated } from "~/segments/mutations";
import { inputOf, type SegmentFields } from "~/segments/segmentFields";

const BEFORE = { name: "Sales", code: "sales", description: "", visible: true };
const BASE = { version: 1, values: BEFORE };

function event(data: object, displayName = "Maria"): Since {
  return { data, recordedAt: "2026-03-01T12:00:00Z", actor: { displayName } };
}

/** What others made of the segment by as many events as are given. */
function edits(
  now: Partial<SegmentFields>,
  ...since: readonly Since[]
): ConcurrentEdits<SegmentFields> {
  const current = { version: 1 + since.length, values: { ...BEFORE, ...now } };
  return concurrentEdits(BASE, current, since, SEGMENT_CONFLICTS.changedBy);
}

const changesOf = (now: SegmentFields) => inputOf(changesIn(BEFORE, now));

test("an edit names only what it changes, and clears an ID with null", () => {
  expect(changesOf(BEFORE)).toEqual({});
  expect(changesOf({ ...BEFORE, code: "", visible: false })).toEqual({
    code: null,
    visible: false,
  });
});

test("theirs is what differs by now, and of several edits the last of each field names its author", () => {
  const { theirs, authors } = edits(
    { name: "Sales Team", code: "" },
    event({ name: { before: "Sales", after: "Sellers" }, code: null }),
    event({ name: { before: "Sellers", after: "Sales Team" } }, "Ada"),
    event({ code: { before: "sales", after: null } }),
  );
  expect(theirs).toEqual({ name: "Sales Team", code: "" });
  expect([authors.name?.by, authors.code?.by]).toEqual(["Ada", "Maria"]);
  expect(authors.visible).toBeUndefined();
});

test("what was changed and changed back is no change", () => {
  const there = event({ name: { before: "Sales", after: "Sellers" } });
  const back = event({ name: { before: "Sellers", after: "Sales" } });
  expect(edits({}, there, back).theirs).toEqual({});
});

test("events that change no field, such as archiving, have no author of a field", () => {
  expect(edits({}, event({ segmentId: "segment_1" })).authors).toEqual({});
});

test("of what is sealed and cannot be opened nothing is known", () => {
  expect(changedFields(null, ["name"])).toEqual([]);
  expect(changedFields(undefined, ["name"])).toEqual([]);
});

test("what is saved in the end is theirs wherever one does not keep one's own", () => {
  const conflict = edits({ name: "Theirs", description: "By them." }, event({}));
  const mine = { ...BEFORE, name: "Mine", description: "By me.", code: "mine" };
  const chosen = resolved(mine, conflict, ["name"]);
  expect(chosen).toEqual({ ...mine, description: "By them." });
  expect(changesIn(conflict.current.values, chosen)).toEqual({ name: "Mine", code: "mine" });
});

type Conflict = Extract<Updated["errors"][number], { __typename: "VersionConflict" }>;

/** A refusal, since others have made this of the segment. */
function refusal(version: number, now: Partial<SegmentFields>, ...since: Since[]): Conflict {
  const fields = { id: "segment_1", ...BEFORE, ...now, status: "ACTIVE", version };
  const current = { __typename: "UserSegment", ...fields };
  const code = "VERSION_CONFLICT";
  return { __typename: "VersionConflict", code, message: "", path: [], current, since } as never;
}

/** Sends an edit to a service that refuses it so, one time after the other. */
async function sending(changes: Partial<SegmentFields>, ...refusals: Conflict[]) {
  const versions: number[] = [];
  const send = async (_: Partial<SegmentFields>, version: number) => {
    versions.push(version);
    const errors = refusals.splice(0, 1);
    const payload: Updated = { segment: null, commandId: null, position: null, errors };
    return errors.length > 0
      ? ({ kind: "refused", payload, errors } as const)
      : ({ kind: "done", payload } as const);
  };
  return { versions, edited: await sendEdit(send, SEGMENT_CONFLICTS, changes, BASE) };
}

const RENAMED = event({ name: { before: "Sales", after: "Theirs" } }, "Ada");
const DESCRIBED = event({ description: { before: "", after: "By them." } });

test("an edit of other fields is sent again for the version that they left", async () => {
  const { versions, edited } = await sending(
    { code: "mine" },
    refusal(3, { name: "Theirs" }, RENAMED, RENAMED),
    refusal(4, { name: "Theirs" }, RENAMED),
  );
  expect(versions).toEqual([1, 3, 4]);
  expect(edited).toMatchObject({ outcome: { kind: "done" }, version: 4 });
  expect(edited.conflict).toBeUndefined();
});

test("a conflict knows of all that came before it, and leads to the version that is now", async () => {
  const { versions, edited } = await sending(
    { name: "Mine" },
    refusal(2, { description: "By them." }, DESCRIBED),
    refusal(3, { description: "By them.", name: "Theirs" }, RENAMED),
  );
  expect(versions).toEqual([1, 2]);
  expect(edited.conflict?.current.version).toBe(3);
  expect(edited.conflict?.theirs).toEqual({ description: "By them.", name: "Theirs" });
  expect(edited.conflict?.authors).toMatchObject({
    description: { by: "Maria" },
    name: { by: "Ada" },
  });
});

test("a segment that has moved on by more events than are told is settled all the same", async () => {
  const { versions, edited } = await sending(
    { name: "Mine" },
    refusal(250, { name: "Theirs" }, DESCRIBED),
  );
  expect(versions).toEqual([1]);
  expect(edited.conflict?.current.version).toBe(250);
  expect(edited.conflict?.theirs).toEqual({ name: "Theirs" });
});

test.each([
  ["is gone", { ...refusal(2, {}), current: null }],
  ["could be read only as it was before", refusal(1, { name: "Theirs" })],
])("a conflict about what %s is a refusal, and is not sent again", async (_, refused) => {
  const { versions, edited } = await sending({ name: "Mine" }, refused);
  expect(versions).toEqual([1]);
  expect(edited.outcome.kind).toBe("refused");
  expect(edited.conflict).toBeUndefined();
});
