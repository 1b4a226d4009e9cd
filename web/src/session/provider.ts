/** Signing in with an identity provider: the authorization code flow with PKCE (RFC 7636). */
import { signInByCode } from "./session";

export interface Provider {
  readonly kind: "oidc";
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly scope: string;
  /** Whether another tab has a session that this one may go on with. */
  readonly renewable: boolean;
}

interface Attempt {
  readonly state: string;
  readonly verifier: string;
  readonly returnTo: string;
}

export const RETURNING = "/signed-in";
const KEPT_AS = "segments.sign-in";

/** Leaves for the provider; it comes back to RETURNING. */
export async function leaveFor(provider: Provider): Promise<void> {
  const attempt = {
    state: random(),
    verifier: random(),
    returnTo: location.pathname + location.search,
  };
  sessionStorage.setItem(KEPT_AS, JSON.stringify(attempt));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: provider.clientId,
    redirect_uri: location.origin + RETURNING,
    scope: provider.scope,
    state: attempt.state,
    code_challenge: await challenge(attempt.verifier),
    code_challenge_method: "S256",
  });
  location.assign(`${provider.authorizationEndpoint}?${query}`);
}

/**
 * Finishes what `leaveFor` began; where on this site to go on. Throws what the provider said against
 * it, and nothing in words when it was not the provider who sent somebody here.
 */
export async function returned(): Promise<string> {
  const said = new URLSearchParams(location.search);
  const text = sessionStorage.getItem(KEPT_AS);
  sessionStorage.removeItem(KEPT_AS);
  const attempt = text ? (JSON.parse(text) as Attempt) : null;
  // Anybody can make an address with words in it: only an answer to this tab's own question is read.
  if (!attempt || said.get("state") !== attempt.state) throw new Error("");
  const code = said.get("code");
  if (!code) throw new Error(said.get("error_description") ?? said.get("error") ?? "");
  await signInByCode(code, attempt.verifier, location.origin + RETURNING);
  return ownPlace(attempt.returnTo);
}

/** A path of this site with its search; the first page in place of what would lead to another. */
export function ownPlace(place: string): string {
  if (!URL.canParse(place, location.origin)) return "/";
  const { origin, pathname, search } = new URL(place, location.origin);
  return origin === location.origin && !pathname.startsWith("//") ? pathname + search : "/";
}

function random(): string {
  return encoded(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return encoded(new Uint8Array(digest));
}

function encoded(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}
