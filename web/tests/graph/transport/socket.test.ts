import type { ClientOptions } from "graphql-ws";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** What the module asked of graphql-ws, which the browser journeys run for real. */
let options: ClientOptions;

beforeEach(() => {
  vi.resetModules();
  vi.doMock("graphql-ws", () => ({
    createClient: (given: ClientOptions) => {
      options = given;
      return {};
    },
  }));
});

afterEach(() => {
  vi.doUnmock("graphql-ws");
  sessionStorage.clear();
});

const SESSION = { token: "t", expiresAt: "2100-01-01T00:00:00Z", renewal: { role: "AUDITOR" } };
const NOT_LET_IN = { code: 4403, wasClean: true };

async function connecting() {
  const session = await import("~/session/session");
  const { connection } = await import("~/graph/transport/connection");
  const { makeSocket } = await import("~/graph/transport/socket");
  session.begin(SESSION);
  makeSocket();
  return { ...session, connection };
}

test("a token that has ended is followed by a fresh one, without a word", async () => {
  const { session } = await connecting();
  options.on?.connected?.({}, undefined, false);
  options.on?.closed?.(NOT_LET_IN);
  expect(session.value).toEqual(SESSION);
});

test("whoever is not let in with a fresh token has to sign in", async () => {
  const { session } = await connecting();
  options.on?.connected?.({}, undefined, false);
  options.on?.closed?.(NOT_LET_IN);
  options.on?.closed?.(NOT_LET_IN);
  expect(session.value).toBe("over");
});

test("a session that is over is waited for before connecting again", async () => {
  const { begin, ended } = await connecting();
  ended();
  const params = (options.connectionParams as () => Promise<object>)();
  begin({ ...SESSION, token: "next" });
  expect(await params).toEqual({ Authorization: "Bearer next" });
});

test("a connection that breaks is told, and that it is back", async () => {
  const { connection } = await connecting();
  options.on?.closed?.({ code: 1006, wasClean: false });
  expect(connection.value).toEqual({ online: false, returns: 0 });
  options.on?.connected?.({}, undefined, true);
  expect(connection.value).toEqual({ online: true, returns: 1 });
});
