import { expect, test } from "vitest";
import en from "~/intl/en";
import type { Text } from "~/intl/useText";
import { fieldInWords, fieldsOf, inputOf, NEW_SEGMENT } from "~/segments/segmentFields";

const SAVED = { name: "Sales", code: null, description: "", visible: false };

const t: Text = (id) => en[id];

test("a new segment is empty, and visible", () => {
  expect(NEW_SEGMENT).toEqual({ name: "", code: "", description: "", visible: true });
});

test("a form has the fields and nothing else, and an empty text for none", () => {
  expect(fieldsOf({ ...SAVED, id: "1", version: 3 } as typeof SAVED)).toEqual({
    ...SAVED,
    code: "",
  });
});

test("only the ID is cleared with null: an empty description is sent as it is", () => {
  expect(inputOf({ code: "", description: "", visible: false })).toEqual({
    code: null,
    description: "",
    visible: false,
  });
});

test("values in words: texts as they are, nothing for none, and a flag as what it means", () => {
  expect(fieldInWords("name", SAVED, t)).toBe("Sales");
  expect(fieldInWords("code", SAVED, t)).toBe("");
  expect(fieldInWords("visible", SAVED, t)).toBe("Hidden");
  expect(fieldInWords("visible", { visible: true }, t)).toBe("Visible");
});
