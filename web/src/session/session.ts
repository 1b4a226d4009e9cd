/** The session of this tab: its access token and when that expires. */
import { Store } from "~/graph/store";

export interface Session {
  readonly token: string;
  readonly expiresAt: string;
  /** How it is renewed: a role of the development sign-in, or the provider's refresh token. */
  readonly renewal: { readonly role: string } | "provider";
}

const KEPT_AS = "segments.session";
/** Milliseconds before its end at which a token is renewed. */
const EARLY = 30_000;

/** `over` once a session has ended: the page stays as it is, under the sign-in. */
export const session = new Store<Session | "over" | null>(kept());

export function currentToken(): string | null {
  return isSession(session.value) ? session.value.token : null;
}

export function begin(started: Session): void {
  sessionStorage.setItem(KEPT_AS, JSON.stringify(started));
  session.set(started);
}

/** The token is not good any more. */
export function ended(): void {
  sessionStorage.removeItem(KEPT_AS);
  if (session.value !== null) session.set("over");
}

/** Returns once somebody is signed in. */
export function signedIn(): Promise<void> {
  return new Promise((go) => {
    const look = () => {
      if (!isSession(session.value)) return;
      unwatch();
      go();
    };
    const unwatch = session.watch(look);
    look();
  });
}

export async function signOut(): Promise<void> {
  const { value } = session;
  sessionStorage.removeItem(KEPT_AS);
  session.set(null);
  if (isSession(value) && value.renewal === "provider") await post("/sign-in/out", {});
}

export async function signInAs(role: string): Promise<void> {
  const { token, expiresAt } = await post("/sign-in/development", { role });
  begin({ token, expiresAt, renewal: { role } });
}

export async function signInByCode(
  code: string,
  codeVerifier: string,
  redirectUri: string,
): Promise<void> {
  const { token, expiresAt } = await post("/sign-in/code", { code, codeVerifier, redirectUri });
  begin({ token, expiresAt, renewal: "provider" });
}

/** Goes on with the session of another tab. */
export async function goOn(): Promise<void> {
  const { token, expiresAt } = await post("/sign-in/refresh", {});
  begin({ token, expiresAt, renewal: "provider" });
}

let renewing: Promise<void> | undefined;

/** Returns with a token that is good for a while yet, if one is to be had. */
export async function fresh(): Promise<void> {
  const { value } = session;
  if (!isSession(value) || Date.parse(value.expiresAt) - Date.now() > EARLY) return;
  renewing ??= renew(value).finally(() => {
    renewing = undefined;
  });
  await renewing;
}

async function renew({ renewal }: Session): Promise<void> {
  try {
    await (renewal === "provider" ? goOn() : signInAs(renewal.role));
  } catch {
    // The old token is then shown, and refused, or the service cannot be reached: both are told.
  }
}

interface Token {
  readonly token: string;
  readonly expiresAt: string;
}

async function post(path: string, body: object): Promise<Token> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.status === 204 ? { token: "", expiresAt: "" } : await answer.json();
}

function kept(): Session | null {
  const text = sessionStorage.getItem(KEPT_AS);
  return text ? (JSON.parse(text) as Session) : null;
}

export function isSession(value: Session | "over" | null): value is Session {
  return value !== null && value !== "over";
}
