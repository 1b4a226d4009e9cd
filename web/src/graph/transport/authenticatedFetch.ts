/** The one way in which the page asks the service: signed in, and noticing when it is gone. */
import { currentToken, ended, fresh } from "~/session/session";
import { back, lost } from "./connection";

/** A form from another site cannot carry it; the service takes files only with it. */
const PREFLIGHT = "GraphQL-Require-Preflight";

/** `ask` is what carries the request: the browser's fetch, unless something else is given. */
export async function authenticatedFetch(
  input: RequestInfo | URL,
  init: RequestInit = {},
  ask: typeof fetch = fetch,
): Promise<Response> {
  await fresh();
  const token = currentToken();
  const headers = new Headers(init.headers);
  headers.set("X-Segments-Channel", "CONSOLE");
  if (init.body instanceof FormData) headers.set(PREFLIGHT, "1");
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const answer = await noticing(() => ask(input, { ...init, headers }));
  if (answer.status === 401 && token === currentToken()) ended();
  return answer;
}

async function noticing(ask: () => Promise<Response>): Promise<Response> {
  try {
    const answer = await ask();
    back();
    return answer;
  } catch (problem) {
    if (!(problem instanceof DOMException && problem.name === "AbortError")) lost();
    throw problem;
  }
}
