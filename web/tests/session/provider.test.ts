import { beforeEach, describe, expect, test, vi } from "vitest";
import { leaveFor, ownPlace, RETURNING, returned } from "~/session/provider";
import { session } from "~/session/session";

const PROVIDER = {
  kind: "oidc",
  authorizationEndpoint: "https://id.example/authorize",
  clientId: "console",
  scope: "openid",
  renewable: false,
} as const;

/** Leaves a page for the provider; the state that it is to give back. */
async function left(place: string): Promise<string> {
  history.replaceState(null, "", place);
  const leaving = vi.spyOn(location, "assign").mockImplementation(() => undefined);
  await leaveFor(PROVIDER);
  return new URL(String(leaving.mock.calls[0]?.[0])).searchParams.get("state") ?? "";
}

function back(answer: Record<string, string>): Promise<string> {
  history.replaceState(null, "", `${RETURNING}?${new URLSearchParams(answer)}`);
  return returned();
}

beforeEach(() => {
  sessionStorage.clear();
  session.set(null);
  const token = { token: "t", expiresAt: "2999-01-01T00:00:00Z" };
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json(token));
});

describe("where one goes on", () => {
  test.each([
    ["/", "/"],
    ["/segments", "/segments"],
    ["/segments?order=CODE&search=//x", "/segments?order=CODE&search=//x"],
    ["/segments//evil.example", "/segments//evil.example"],
  ])("%s is a place of this site", (place, own) => {
    expect(ownPlace(place)).toBe(own);
  });

  test.each([
    "//evil.example/login",
    "//[",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/segments/..//evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("%j leads to another, and is not", (place) => {
    expect(ownPlace(place)).toBe("/");
  });
});

describe("back from the provider", () => {
  test("one is where one wanted to be", async () => {
    const state = await left("/segments?order=CODE");
    expect(await back({ code: "c", state })).toBe("/segments?order=CODE");
  });

  test("a link with a host in its path leads nowhere else", async () => {
    const state = await left("/");
    const kept = JSON.parse(sessionStorage.getItem("segments.sign-in") ?? "");
    const planted = { ...kept, returnTo: "//evil.example/login" };
    sessionStorage.setItem("segments.sign-in", JSON.stringify(planted));
    expect(await back({ code: "c", state })).toBe("/");
  });

  test("what the provider says against it is told", async () => {
    const state = await left("/");
    const answer = back({ error: "access_denied", error_description: "Not today", state });
    await expect(answer).rejects.toThrow("Not today");
  });

  test.each([{ state: "another" }, {}])("words of somebody else are not: %j", async (given) => {
    await left("/");
    const answer = back({ error_description: "Call +0800 123", error: "call_us", ...given });
    await expect(answer).rejects.toThrow(/^$/);
  });

  test("nor are they when nobody has left", async () => {
    await expect(back({ error_description: "Call +0800 123" })).rejects.toThrow(/^$/);
    expect(session.value).toBeNull();
  });
});
