import type { SubscribePayload } from "graphql-ws";
import { gql } from "urql";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** What was sent: by HTTP, and on the socket, which the browser journeys run for real. */
let posted: { extensions?: object }[];
let subscribed: SubscribePayload[];

beforeEach(() => {
  vi.resetModules();
  posted = [];
  subscribed = [];
  vi.doMock("graphql-ws", () => ({
    createClient: () => ({
      subscribe: (payload: SubscribePayload) => {
        subscribed.push(payload);
        return () => undefined;
      },
    }),
  }));
  vi.stubGlobal("fetch", async (_: unknown, { body }: { body: string }) => {
    posted.push(JSON.parse(body));
    const headers = { "Content-Type": "application/json" };
    return new Response(JSON.stringify({ data: null }), { headers });
  });
});

afterEach(() => {
  vi.doUnmock("graphql-ws");
  vi.unstubAllGlobals();
});

/** A page that knows of a position. */
async function at(position: number) {
  const { advance } = await import("~/graph/position");
  const { makeClient } = await import("~/graph/transport/client");
  advance(position);
  return makeClient();
}

const VIEWER = gql("query { viewer { id } }");

test("a query waits for the position that the page knows of, whatever it reads", async () => {
  const client = await at(46);
  await client.query(VIEWER, {}).toPromise();
  expect(posted.map(({ extensions }) => extensions)).toEqual([{ minPosition: 46 }]);
});

test("a subscription waits for it, too, in its own message", async () => {
  const client = await at(46);
  const moved = gql("subscription { logStatusChanged { readModel } }");
  client.subscription(moved, {}).subscribe(() => undefined);
  await vi.waitFor(() => expect(subscribed).toHaveLength(1));
  expect(subscribed[0]?.extensions).toEqual({ minPosition: 46 });
});

test("a page that knows of no position waits for none, and neither does a command", async () => {
  await (await at(0)).query(VIEWER, {}).toPromise();
  const create = gql('mutation { createUserSegment(input: { name: "Sales" }) { position } }');
  await (await at(46)).mutation(create, {}).toPromise();
  expect(posted.map(({ extensions }) => extensions)).toEqual([undefined, undefined]);
});
