import { useForm } from "@mantine/form";
import { act, renderHook } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { IntlProvider } from "react-intl";
import { expect, test } from "vitest";
import type { Outcome, Payload } from "~/graph/useCommand";
import { changedFields } from "~/hooks/concurrentEdits";
import { useEditForm } from "~/hooks/useEditForm";
import en from "~/intl/en";

const BASE = { name: "Sales", code: "sales" };
type Fields = typeof BASE;
type Saved = Payload & { readonly version: number; readonly values: Fields };
type Current = Pick<Saved, "version" | "values">;

const wrapper = ({ children }: { children: ReactNode }) =>
  createElement(IntlProvider, { locale: "en", messages: en }, children);

function edited(changes: object) {
  const recordedAt = "2026-03-01T12:00:00Z";
  return { data: changes, recordedAt, actor: { displayName: "Maria" } };
}

/** By somebody else's edits, each of which took the version one further. */
function refused(changes: Partial<Fields>, ...since: object[]): Outcome<Saved> {
  const current = { version: 1 + since.length, values: { ...BASE, ...changes } };
  const message = "Not current.";
  const errors = [{ code: "VERSION_CONFLICT", message, path: [], since, current }];
  const payload = { version: 0, values: BASE, position: null, errors };
  return { kind: "refused", payload, errors };
}

function done(version: number, values: Fields): Outcome<Saved> {
  return { kind: "done", payload: { version, values, position: 9, errors: [] } };
}

/** A form at version 1 whose edits get these answers. */
function editing(...answers: Outcome<Saved>[]) {
  const sent: [Partial<Fields>, number][] = [];
  const ended: boolean[] = [];
  const { result } = renderHook(
    () => {
      const form = useForm({ initialValues: BASE });
      const edit = useEditForm<Fields, Saved>({
        form,
        current: { version: 1, values: BASE },
        send: async (changes, version) => {
          sent.push([changes, version]);
          return answers.shift() as Outcome<Saved>;
        },
        reader: {
          currentIn: (refusal) => (refusal as { current?: Current }).current ?? null,
          changedBy: (data) => changedFields(data, ["name", "code"]),
        },
        savedIn: ({ version, values }) => ({ version, values }),
        done: (_, changed) => ended.push(changed),
      });
      return { form, ...edit };
    },
    { wrapper },
  );
  const { current: first } = result;
  return {
    sent,
    ended,
    now: () => result.current,
    type: (changes: Partial<Fields>) => act(() => first.form.setValues(changes)),
    save: () => act(() => result.current.submission.submit({ ...result.current.form.getValues() })),
  };
}

const RENAMED = edited({ name: { before: "Sales", after: "Theirs" } });
const RECODED = edited({ code: { before: "sales", after: "theirs" } });

test("where both changed a field nothing is saved until one has chosen", async () => {
  const { type, save, now, sent, ended } = editing(
    refused({ name: "Theirs", code: "theirs" }, RENAMED, RECODED),
    done(4, { name: "Mine", code: "theirs" }),
  );
  type({ name: "Mine" });
  await save();
  expect(ended).toEqual([]);
  expect(now().submission.problem).toBe(en["common.conflict.refused"]);
  expect(now().conflict?.fields).toEqual(["name"]);
  expect(now().conflict?.edits.theirs.name).toBe("Theirs");
  expect(now().conflict?.edits.authors.name?.by).toBe("Maria");
  await act(async () => now().conflict?.choose(["name"]));
  expect(sent).toEqual([
    [{ name: "Mine" }, 1],
    [{ name: "Mine" }, 3],
  ]);
  expect(ended).toEqual([true]);
  expect(now().conflict).toBeUndefined();
  expect(now().form.values).toEqual({ name: "Mine", code: "theirs" });
  expect(now().form.isDirty()).toBe(false);
});

test("who takes theirs changes nothing", async () => {
  const theirs = { ...BASE, name: "Theirs" };
  const { type, save, now, sent, ended } = editing(refused(theirs, RENAMED), done(2, theirs));
  type({ name: "Mine" });
  await save();
  await act(async () => now().conflict?.choose([]));
  expect(sent.at(-1)).toEqual([{}, 2]);
  expect(ended).toEqual([false]);
  expect(now().form.values).toEqual(theirs);
});

test("who goes back to the form has what they typed, and is asked again", async () => {
  const overtaken = refused({ name: "Theirs" }, RENAMED);
  const { type, save, now, sent } = editing(overtaken, overtaken);
  type({ name: "Mine" });
  await save();
  act(() => now().conflict?.close());
  expect(now().conflict).toBeUndefined();
  expect(now().form.values.name).toBe("Mine");
  await save();
  expect(now().conflict?.fields).toEqual(["name"]);
  expect(sent).toEqual([
    [{ name: "Mine" }, 1],
    [{ name: "Mine" }, 1],
  ]);
});

test("others' edits of other fields are saved over without a question", async () => {
  const both = { name: "Mine", code: "theirs" };
  const { type, save, now, sent, ended } = editing(
    refused({ code: "theirs" }, RECODED),
    done(3, both),
  );
  type({ name: "Mine" });
  await save();
  expect(now().conflict).toBeUndefined();
  expect(sent.map(([, version]) => version)).toEqual([1, 2]);
  expect(ended).toEqual([true]);
  expect(now().form.values).toEqual(both);
});
