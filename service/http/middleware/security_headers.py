"""What every answer tells browsers, and whatever stands in between, to leave be."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import Scope

from service.http.middleware.request_ids import REQUEST_ID

HTTPS_FROM_NOW_ON = "max-age=31536000"
"""A year, for this host alone; each answer renews it."""


def protect(headers: MutableHeaders, scope: Scope) -> None:
    """Adds to an answer's headers: kept by nobody, unless it says by whom; taken for what it says
    that it is; and, where the page is at an https address, asked for by https alone from then on.
    """
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if is_secure(scope):
        headers["Strict-Transport-Security"] = HTTPS_FROM_NOW_ON


def protected(answer: Response, scope: Scope, request_id: str) -> Response:
    """An answer that the application is not asked for, as one of its own."""
    answer.headers[REQUEST_ID] = request_id
    protect(answer.headers, scope)
    return answer


def is_secure(scope: Scope) -> bool:
    """Whether it was asked for at an https address: by the connection, by what a trusted proxy says
    of it, or by what the page says of itself, as a proxy may take https off on the way.
    """
    origin = Headers(scope=scope).get("origin", "")
    return "https" in (scope.get("scheme"), origin.partition(":")[0])
