"""Security headers of every answer, for browsers and proxies."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import Scope

from service.http.middleware.request_ids import REQUEST_ID

HTTPS_FROM_NOW_ON = "max-age=31536000"
"""A year, for this host alone; each answer renews it."""


def protect(headers: MutableHeaders, scope: Scope) -> None:
    """Adds the security headers to an answer's: it is cached by nobody, unless it says by whom; its
    type is not guessed; and, where the page is at an https address, browsers use https alone from
    then on.
    """
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if is_secure(scope):
        headers["Strict-Transport-Security"] = HTTPS_FROM_NOW_ON


def protected(answer: Response, scope: Scope, request_id: str) -> Response:
    """Returns an answer made outside the application with the headers of one of its own."""
    answer.headers[REQUEST_ID] = request_id
    protect(answer.headers, scope)
    return answer


def is_secure(scope: Scope) -> bool:
    """Whether the request was made to an https address: by the connection, by a trusted proxy's
    header, or by the page's own, as a proxy may take https off on the way.
    """
    origin = Headers(scope=scope).get("origin", "")
    return "https" in (scope.get("scheme"), origin.partition(":")[0])
