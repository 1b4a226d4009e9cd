"""What an issuer gives to the client that it knows: codes for people, and tokens for codes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from itertools import count
from urllib.parse import unquote_plus, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

CLIENT = "console"
REDIRECT = "http://127.0.0.1:8000/signed-in"
VERIFIER = "a-verifier-of-forty-three-characters-or-more"

AUTHORIZE = "authorize"
TOKEN = "token"
REVOKE = "revoke"


def challenge_of(verifier: str) -> str:
    """RFC 7636, 4.2."""
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).decode().rstrip("=")


class Grants:
    """The authorization code flow with PKCE, of one client; everybody who comes is Ada."""

    def __init__(self, url: str, token: Callable[[], str]) -> None:
        self.secret: str | None = None
        self.basic = True
        self.extra: dict[str, object] = {}
        self.revoked: list[str] = []
        self.posted: list[dict[str, str]] = []
        self._url = url
        self._token = token
        self._codes: dict[str, tuple[str, str]] = {}
        self._sessions: set[str] = set()
        self._numbers = count(1)

    def discovery(self) -> dict[str, object]:
        """What discovery says of all this."""
        methods = ["client_secret_basic"] if self.basic else ["client_secret_post", "none"]
        return {
            "authorization_endpoint": f"{self._url}/{AUTHORIZE}",
            "token_endpoint": f"{self._url}/{TOKEN}",
            "revocation_endpoint": f"{self._url}/{REVOKE}",
            "token_endpoint_auth_methods_supported": methods,
        }

    def code(self, verifier: str = VERIFIER, redirect: str = REDIRECT) -> str:
        """A code, as if somebody had just signed in."""
        return self._code(challenge_of(verifier), redirect)

    async def answer(self, place: str, request: Request) -> Response | None:
        """As HTTP has it; None for what is nothing of this."""
        if place == AUTHORIZE:
            return self._authorize(request)
        if place not in (TOKEN, REVOKE):
            return None
        form = {name: str(value) for name, value in (await request.form()).items()}
        self.posted.append(form)
        if not self._is_client(form, request.headers.get("authorization")):
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        if place == REVOKE:
            self.revoked.append(form["token"])
            self._sessions.discard(form["token"])
            return JSONResponse({})
        return self._granted(form)

    def _authorize(self, request: Request) -> Response:
        asked = request.query_params
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        code = self._code(asked["code_challenge"], asked["redirect_uri"])
        back = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}")

    def _code(self, challenge: str, redirect: str) -> str:
        code = f"code-{next(self._numbers)}"
        self._codes[code] = (challenge, redirect)
        return code

    def _is_client(self, form: dict[str, str], header: str | None) -> bool:
        if self.secret is None:
            return header is None and form.get("client_id") == CLIENT
        if self.basic:
            shown = base64.b64decode((header or "").removeprefix("Basic ")).decode().split(":")
            return [*map(unquote_plus, shown)] == [CLIENT, self.secret]
        return header is None and form.get("client_secret") == self.secret

    def _granted(self, form: dict[str, str]) -> Response:
        if form["grant_type"] == "refresh_token":
            is_good = form["refresh_token"] in self._sessions
            self._sessions.discard(form["refresh_token"])
        else:
            challenge, redirect = self._codes.pop(form["code"], ("", ""))
            is_good = (challenge_of(form["code_verifier"]), form["redirect_uri"]) == (
                challenge,
                redirect,
            )
        if not is_good:
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        session = f"refresh-{next(self._numbers)}"
        self._sessions.add(session)
        said = {"access_token": self._token(), "refresh_token": session, "token_type": "Bearer"}
        return JSONResponse({name: v for name, v in (said | self.extra).items() if v is not None})
