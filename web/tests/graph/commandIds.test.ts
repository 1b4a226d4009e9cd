import { expect, test } from "vitest";
import { CommandIds } from "~/graph/commandIds";

const ARCHIVED = { segment: { id: "segment_1" }, reason: null };

test("what is sent again unanswered keeps its commandId, of each subject on its own", () => {
  const ids = new CommandIds();
  const [one, other] = [ids.idFor("1", ARCHIVED), ids.idFor("2", ARCHIVED)];
  expect(one).not.toBe(other);
  expect(ids.idFor("1", { ...ARCHIVED })).toBe(one);
  expect(ids.idFor("2", { ...ARCHIVED })).toBe(other);
});

test("what was answered, and is sent again, is another command", () => {
  const ids = new CommandIds();
  const [one, other] = [ids.idFor("1", ARCHIVED), ids.idFor("2", ARCHIVED)];
  ids.answered("1");
  expect(ids.idFor("1", ARCHIVED)).not.toBe(one);
  expect(ids.idFor("2", ARCHIVED)).toBe(other);
});

test("other content in between makes it another command: the first may have been undone by it", () => {
  const ids = new CommandIds();
  const first = ids.idFor("1", ARCHIVED);
  ids.idFor("1", { ...ARCHIVED, reason: "Over." });
  expect(ids.idFor("1", ARCHIVED)).not.toBe(first);
});
