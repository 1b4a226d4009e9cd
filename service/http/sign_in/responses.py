"""Answers to the sign-in page: a session, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Awaitable

from starlette.requests import Request
from starlette.responses import Response

from domain.kernel.clock import format_instant
from service.http.bearer import unavailable
from service.http.middleware.security_headers import is_secure
from service.http.responses import Json, error_response
from service.sign_in import IdentityProviderUnavailable, NotSignedIn
from service.sign_in.oidc.code_flow import Session

COOKIE = "segments-session"
"""The cookie with the provider's refresh token, which the page's scripts cannot read."""
PATH = "/sign-in"
MAX_COOKIE_LENGTH = 3_800
"""Characters: browsers drop cookies of more than 4,096 bytes with name and attributes."""


async def session_answer(request: Request, opening: Awaitable[Session]) -> Response:
    """Returns the token and the time at which it expires; its refresh token goes into the
    cookie.
    """
    try:
        session = await opening
    except NotSignedIn as refused:
        message = f"Sign in again: {refused}."
        return without_cookie(error_response(401, "UNAUTHENTICATED", message))
    except IdentityProviderUnavailable:
        return unavailable()
    expires = format_instant(session.bearer.expires_at)
    answer = Json({"token": session.token, "expiresAt": expires})
    refresh = session.refresh_token
    if refresh is None or len(refresh) > MAX_COOKIE_LENGTH:
        return answer
    secure = is_secure(request.scope)
    answer.set_cookie(COOKIE, refresh, path=PATH, httponly=True, samesite="strict", secure=secure)
    return answer


def without_cookie(answer: Response) -> Response:
    """Deletes the cookie with the answer."""
    answer.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")
    return answer
