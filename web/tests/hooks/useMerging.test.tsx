import { useForm } from "@mantine/form";
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useMerging } from "~/hooks/useMerging";

const BASE = { name: "Sales", code: "sales" };

/** A form in which a name was typed and sent. */
function sent() {
  const { result } = renderHook(() => {
    const form = useForm({ initialValues: BASE });
    return { form, merging: useMerging(form, 1, BASE) };
  });
  const type = (name: string) => act(() => result.current.form.setFieldValue("name", name));
  type("Sales Team ");
  const fields = result.current.form.getValues();
  const saved = (known = { ...BASE, name: "Sales Team" }) =>
    act(() => result.current.merging.saved(2, known, fields));
  return { type, saved, form: () => result.current.form };
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
