/** fetch with the access token, which also tracks whether the service can be reached. */
import { currentToken, ended, fresh } from "~/session/session";
import { back, lost } from "./connection";

/** `ask` sends the request; the browser's fetch by default. */
export async function authenticatedFetch(
  input: RequestInfo | URL,
  init: RequestInit = {},
  ask: typeof fetch = fetch,
): Promise<Response> {
  await fresh();
  const token = currentToken();
  const headers = new Headers(init.headers);
  headers.set("X-Segments-Channel", "CONSOLE");
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
