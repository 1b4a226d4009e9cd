/** The one way in which the page asks the service: signed in, and noticing when it is gone. */
import { currentToken, ended, fresh } from "~/session/session";
import { back, lost } from "./connection";

export async function fetching(
  input: RequestInfo | URL,
  init: RequestInit = {},
): Promise<Response> {
  await fresh();
  const token = currentToken();
  const headers = new Headers(init.headers);
  headers.set("X-Segments-Channel", "CONSOLE");
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const answer = await noticing(() => fetch(input, { ...init, headers }));
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
