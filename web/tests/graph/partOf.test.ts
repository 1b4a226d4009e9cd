import { CombinedError } from "urql";
import { expect, test } from "vitest";
import { partOf } from "~/graph/partOf";
import type { Read } from "~/graph/useRead";

interface Data {
  readonly events: { readonly totalCount: number } | null;
}

function read(data: Data | undefined, waiting = false, error?: CombinedError): Read<Data> {
  return { data, error, waiting, again: () => undefined };
}

const part = (of: Read<Data>) => partOf(of, ({ events }) => events);

test("a field that was answered is the data of what shows it", () => {
  const { data, error } = part(read({ events: { totalCount: 3 } }));
  expect(data).toEqual({ totalCount: 3 });
  expect(error).toBeUndefined();
});

test("a field that was refused is the error that came", () => {
  const refused = new CombinedError({ graphQLErrors: ["No."] });
  expect(part(read(undefined, false, refused))).toMatchObject({ data: undefined, error: refused });
  expect(part(read({ events: null }, false, refused)).error).toBe(refused);
});

test("null without an error is an error, once the answer is there", () => {
  expect(part(read({ events: null })).error).toBeInstanceOf(CombinedError);
  expect(part(read({ events: null }, true)).error).toBeUndefined();
  expect(part(read(undefined)).error).toBeUndefined();
});
