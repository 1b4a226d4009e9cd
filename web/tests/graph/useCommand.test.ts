import { renderHook } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { type Client, Provider, type TypedDocumentNode } from "urql";
import { expect, test } from "vitest";
import { type Payload, useCommand } from "~/graph/useCommand";

interface Input {
  readonly file: File;
  readonly commandId?: string;
}

const MUTATION = {} as TypedDocumentNode<Record<string, Payload>, { input: Input }>;

/** A command by a client from which no answer comes, and the commandIds that it was sent. */
function unanswered() {
  const sent: string[] = [];
  const mutation = (_: unknown, { input }: { input: Required<Input> }) => {
    sent.push(input.commandId);
    return { toPromise: async () => ({ error: new Error("gone") }) };
  };
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(Provider, { value: { mutation } as unknown as Client }, children);
  const { result } = renderHook(() => useCommand(MUTATION), { wrapper });
  return { send: (file: File) => result.current({ file }), sent };
}

test("a file that is sent again keeps its commandId", async () => {
  const { send, sent } = unanswered();
  const file = new File(["name\nSales\n"], "segments.csv");
  await send(file);
  await send(file);
  expect(sent[1]).toBe(sent[0]);
});

test("another file is another command", async () => {
  const { send, sent } = unanswered();
  await send(new File(["name\nSales\n"], "segments.csv"));
  await send(new File(["name\nSales Team\n"], "segments.csv"));
  expect(sent[1]).not.toBe(sent[0]);
});
