import { expect, test } from "vitest";
import {
  type ConcurrentEdits,
  changedFields,
  concurrentEdits,
  resolved,
  sendEdit,
  valuesOf,
} from "~/hooks/concurrentEdits";
import { changesIn, clashes } from "~/hooks/merging";
import { readFields } from "~/segments/edit/sendSegment";
import { inputOf, type SegmentFields } from "~/segments/segmentFields";

const BEFORE = { name: "Sales", code: "sales", description: "", visible: true };

function event(data: object, displayName = "Maria") {
  return { data, recordedAt: "2026-03-01T12:00:00Z", actor: { displayName } };
}

function since(...events: ReturnType<typeof event>[]): ConcurrentEdits<SegmentFields> {
  return concurrentEdits(events, 1, readFields);
}

const changesOf = (now: SegmentFields) => inputOf(changesIn(BEFORE, now));

test("an edit names only what it changes, and clears an ID with null", () => {
  expect(changesOf(BEFORE)).toEqual({});
  expect(changesOf({ ...BEFORE, code: "", visible: false })).toEqual({
    code: null,
    visible: false,
  });
});

test("of several edits meanwhile the last of each field counts, and who made it", () => {
  const conflict = concurrentEdits(
    [
      event({ name: { before: "Sales", after: "Sellers" }, code: null }),
      event({ name: { before: "Sellers", after: "Sales Team" } }, "Ada"),
      event({ code: { before: "sales", after: null } }),
    ],
    4,
    readFields,
  );
  expect(conflict.version).toBe(7);
  expect(conflict.theirs.name).toMatchObject({ value: "Sales Team", by: "Ada" });
  expect(conflict.theirs.code).toMatchObject({ value: "", by: "Maria" });
  expect(conflict.theirs.visible).toBeUndefined();
});

test("events that change no field, such as archiving, move the version alone", () => {
  const deleted = event({ segmentId: "segment_1", name: "Sales", code: "sales" });
  expect(since(event({ segmentId: "segment_1" }), deleted)).toEqual({ version: 3, theirs: {} });
});

test("of what is sealed and cannot be opened nothing is known", () => {
  expect(changedFields(null, ["name"])).toEqual({});
  expect(changedFields(undefined, ["name"])).toEqual({});
});

test("edits clash where both change a field, and not to the same", () => {
  const theirs = valuesOf(
    since(
      event({
        name: { before: "Sales", after: "Theirs" },
        code: { before: "sales", after: null },
        visible: { before: true, after: false },
      }),
    ),
  );
  expect(clashes({ name: "Mine", description: "New." }, theirs)).toEqual(["name"]);
  expect(clashes({ name: "Theirs", code: "", visible: false }, theirs)).toEqual([]);
});

test("what is saved in the end is theirs wherever one does not keep one's own", () => {
  const conflict = since(
    event({
      name: { before: "Sales", after: "Theirs" },
      description: { before: "", after: "By them." },
    }),
  );
  const mine = { ...BEFORE, name: "Mine", description: "By me.", code: "mine" };
  const base = { ...BEFORE, ...valuesOf(conflict) };
  expect(base).toEqual({ ...BEFORE, name: "Theirs", description: "By them." });
  const chosen = resolved(mine, conflict, ["name"]);
  expect(chosen).toEqual({ ...mine, description: "By them." });
  expect(changesIn(base, chosen)).toEqual({ name: "Mine", code: "mine" });
});

/** Sends an edit to a service that refuses it with these events, one answer after the other. */
async function sending(changes: Partial<SegmentFields>, ...answers: ReturnType<typeof event>[][]) {
  const versions: number[] = [];
  const send = async (_: Partial<SegmentFields>, version: number) => {
    versions.push(version);
    const events = answers.shift();
    const errors = events
      ? [{ code: "VERSION_CONFLICT", message: "", path: [], since: events }]
      : [];
    const payload = { position: null, errors };
    return events
      ? ({ kind: "refused", payload, errors } as const)
      : ({ kind: "done", payload } as const);
  };
  return { versions, edited: await sendEdit(send, readFields, changes, 1) };
}

test("an edit of other fields is sent again for the version that they left", async () => {
  const renamed = event({ name: { before: "Sales", after: "Theirs" } });
  const { versions, edited } = await sending({ code: "mine" }, [renamed, renamed], [renamed]);
  expect(versions).toEqual([1, 3, 4]);
  expect(edited).toMatchObject({ outcome: { kind: "done" }, version: 4 });
  expect(edited.conflict).toBeUndefined();
});

test("a conflict knows of all that came before it, and leads to the last version", async () => {
  const described = event({ description: { before: "", after: "By them." } });
  const renamed = event({ name: { before: "Sales", after: "Theirs" } }, "Ada");
  const { versions, edited } = await sending({ name: "Mine" }, [described], [renamed]);
  expect(versions).toEqual([1, 2]);
  expect(edited.conflict?.version).toBe(3);
  expect(edited.conflict?.theirs).toMatchObject({
    description: { value: "By them.", by: "Maria" },
    name: { value: "Theirs", by: "Ada" },
  });
});

test("a refusal for another reason is no conflict", async () => {
  const { versions, edited } = await sending({ name: "Mine" }, []);
  expect(versions).toEqual([1]);
  expect(edited.outcome.kind).toBe("refused");
  expect(edited.conflict).toBeUndefined();
});
