"""Cross-origin requests (CORS): which pages of other sites browsers let call the API."""

from __future__ import annotations

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from service.http.middleware.request_ids import REQUEST_ID
from service.http.positions import MIN_POSITION_HEADER, POSITION_HEADER

OPEN = ("/graphql", "/files/")
"""Prefixes of what other sites may ask for. Signing in is for the console's own page."""
MAX_AGE_S = 600
"""Seconds for which a browser remembers the answer to a preflight request."""

_HEADERS = (
    "Accept",
    "Apollo-Require-Preflight",
    "Authorization",
    "Content-Type",
    "GraphQL-Require-Preflight",
    "If-None-Match",
    "X-Apollo-Operation-Name",
    REQUEST_ID,
    MIN_POSITION_HEADER,
)
_EXPOSED = ("ETag", "Retry-After", "WWW-Authenticate", REQUEST_ID, POSITION_HEADER)


class CrossOrigin:
    """Allows the pages of exactly those origins, with a bearer token: no cookie is ever read
    there. Without origins browsers let no other site's page read an answer.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._allowing = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=_HEADERS,
            expose_headers=_EXPOSED,
            max_age=MAX_AGE_S,
        )
        self._is_on = bool(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = self._is_on and scope["type"] == "http" and scope["path"].startswith(OPEN)
        await (self._allowing if is_open else self._app)(scope, receive, send)
