"""What every answer tells browsers, and whatever stands in between, to leave be."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope

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


def is_secure(scope: Scope) -> bool:
    """Whether it was asked for at an https address: by the connection, by what a trusted proxy says
    of it, or by what the page says of itself, as a proxy may take https off on the way.
    """
    origin = Headers(scope=scope).get("origin", "")
    return "https" in (scope.get("scheme"), origin.partition(":")[0])
