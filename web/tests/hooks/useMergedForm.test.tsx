import { useForm } from "@mantine/form";
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useMergedForm } from "~/hooks/useMergedForm";

const BASE = { name: "Sales", code: "sales" };

/** A form on something that becomes other things while it is open. */
function open() {
  const { result, rerender } = renderHook(
    ({ sending, ...current }) => {
      const form = useForm({ initialValues: BASE });
      return { form, merging: useMergedForm(form, current, sending) };
    },
    { initialProps: { version: 1, values: BASE, sending: false } },
  );
  return {
    type: (name: string) => act(() => result.current.form.setFieldValue("name", name)),
    becomes: (version: number, values: typeof BASE, sending = false) =>
      rerender({ version, values, sending }),
    form: () => result.current.form,
    merging: () => result.current.merging,
  };
}

/** A form in which a name was typed and sent. */
function sent() {
  const { type, form, merging } = open();
  type("Sales Team ");
  const fields = form().getValues();
  const saved = (known = { ...BASE, name: "Sales Team" }) =>
    act(() => merging().saved({ version: 2, values: known }, fields));
  return { type, saved, form };
}

test("what was saved stands there as it was kept", () => {
  const { saved, form } = sent();
  saved();
  expect(form().values).toEqual({ name: "Sales Team", code: "sales" });
  expect(form().isDirty()).toBe(false);
});

test("what is typed while it is sent stays, and can be saved", () => {
  const { type, saved, form } = sent();
  type("Sales Teams");
  saved();
  expect(form().values).toEqual({ name: "Sales Teams", code: "sales" });
  expect(form().isDirty()).toBe(true);
});

test("a form in which nothing was typed follows without a word", () => {
  const { becomes, form, merging } = open();
  becomes(2, { name: "Theirs", code: "theirs" });
  expect(form().values).toEqual({ name: "Theirs", code: "theirs" });
  expect([form().isDirty(), merging().overtaken]).toEqual([false, false]);
});

test("other fields follow while one types, which is told", () => {
  const { type, becomes, form, merging } = open();
  type("Mine");
  expect(merging().overtaken).toBe(false);
  becomes(2, { ...BASE, code: "theirs" });
  expect(form().values).toEqual({ name: "Mine", code: "theirs" });
  expect([merging().base().version, merging().overtaken]).toEqual([2, true]);
  expect(merging().changes(form().values)).toEqual({ name: "Mine" });
  act(() => form().reset());
  expect([form().values.name, merging().overtaken]).toEqual(["Sales", false]);
  type("Mine again");
  expect(merging().overtaken).toBe(false);
});

test("a field that both changed stays as typed, for the version that it was typed on", () => {
  const { type, becomes, form, merging } = open();
  type("Mine");
  becomes(2, { name: "Theirs", code: "theirs" });
  expect(form().values).toEqual({ name: "Mine", code: "sales" });
  expect([merging().base().version, merging().overtaken]).toEqual([1, true]);
});

test("a version that changes no field of the form is followed without a word", () => {
  const { type, becomes, merging } = open();
  type("Mine");
  becomes(2, BASE);
  expect([merging().base().version, merging().overtaken]).toEqual([2, false]);
});

test("what it is expected to become while it is sent is not taken for what others saved", () => {
  const { type, becomes, form, merging } = open();
  type("Mine");
  becomes(2, { ...BASE, name: "Theirs" });
  becomes(2, { ...BASE, name: "Mine" }, true);
  expect(merging().base().version).toBe(1);
  becomes(2, { ...BASE, name: "Theirs" });
  expect(form().values.name).toBe("Mine");
  expect(merging().changes(form().values)).toEqual({ name: "Mine" });
});
