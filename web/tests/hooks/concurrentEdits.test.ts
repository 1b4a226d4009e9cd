import { expect, test } from "vitest";
import { changesOf, clashes, meanwhile, rebased, settled } from "~/hooks/concurrentEdits";

const BEFORE = { name: "Sales", code: "sales", description: "", visible: true };

function fact(data: object, displayName = "Maria") {
  return { data, recordedAt: "2026-03-01T12:00:00Z", actor: { displayName } };
}

test("an edit names only what it changes, and clears an ID with null", () => {
  expect(changesOf(BEFORE, BEFORE)).toEqual({});
  expect(changesOf(BEFORE, { ...BEFORE, code: "", visible: false })).toEqual({
    code: null,
    visible: false,
  });
});

test("of several edits meanwhile the last of each field counts, and who made it", () => {
  const conflict = meanwhile(
    [
      fact({ name: { before: "Sales", after: "Sellers" }, code: null }),
      fact({ name: { before: "Sellers", after: "Sales Team" } }, "Ada"),
      fact({ code: { before: "sales", after: null } }),
    ],
    4,
  );
  expect(conflict.version).toBe(7);
  expect(conflict.theirs.name).toMatchObject({ value: "Sales Team", by: "Ada" });
  expect(conflict.theirs.code).toMatchObject({ value: "", by: "Maria" });
  expect(conflict.theirs.visible).toBeUndefined();
});

test("facts that change no field, such as archiving, move the version alone", () => {
  const deleted = fact({ segmentId: "segment_1", name: "Sales", code: "sales" });
  expect(meanwhile([fact({ segmentId: "segment_1" }), deleted], 1)).toEqual({
    version: 3,
    theirs: {},
  });
});

test("edits clash where both change a field, and not to the same", () => {
  const conflict = meanwhile(
    [
      fact({
        name: { before: "Sales", after: "Theirs" },
        code: { before: "sales", after: null },
        visible: { before: true, after: false },
      }),
    ],
    1,
  );
  expect(clashes({ name: "Mine", description: "New." }, conflict)).toEqual(["name"]);
  expect(clashes({ name: "Theirs", code: null, visible: false }, conflict)).toEqual([]);
});

test("what is saved in the end is theirs wherever one does not keep one's own", () => {
  const theirs = fact({
    name: { before: "Sales", after: "Theirs" },
    description: { before: "", after: "By them." },
  });
  const conflict = meanwhile([theirs], 1);
  const mine = { ...BEFORE, name: "Mine", description: "By me.", code: "mine" };
  const base = rebased(BEFORE, conflict);
  expect(base).toEqual({ ...BEFORE, name: "Theirs", description: "By them." });
  const chosen = settled(mine, conflict, ["name"]);
  expect(chosen).toEqual({ ...mine, description: "By them." });
  expect(changesOf(base, chosen)).toEqual({ name: "Mine", code: "mine" });
});
