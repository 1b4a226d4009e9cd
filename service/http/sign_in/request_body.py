"""Reads the bodies of the page's requests, and only of our own page's."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.http.responses import error_response
from service.loopback import is_loopback_host

MAX_WORD_LENGTH = 4_096
"""Characters of any value in the body."""


async def read_json(request: Request, names: Sequence[str]) -> dict[str, str] | Response:
    """Returns the texts of these names in the body, a JSON object; or the answer to an invalid
    request.

    No form on another site can send JSON without a preflight request.
    """
    if comes_from_elsewhere(request):
        return of_another_site()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return error_response(415, "INVALID", "The body must be application/json.")
    try:
        said = orjson.loads(await request.body())
    except orjson.JSONDecodeError:
        said = None
    found = [said.get(name) for name in names] if isinstance(said, dict) else []
    words = [word for word in found if isinstance(word, str) and 0 < len(word) <= MAX_WORD_LENGTH]
    if len(words) == len(names):
        return dict(zip(names, words, strict=True))
    message = f"The body must be a JSON object with {', '.join(names)}, each a text."
    return error_response(400, "INVALID", message)


def comes_from_elsewhere(request: Request) -> bool:
    """Whether the browser says that the request is another site's."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")


def of_another_site() -> Response:
    """Returns the answer to another site's request."""
    return error_response(403, "FORBIDDEN", "Only the console's own page may ask for this.")


def is_local_name(request: Request, own: str) -> bool:
    """Whether the address is one that nobody else can make mean this machine: another site's name
    can be (DNS rebinding), an IP address or localhost cannot.

    `own` is the address that the service listens on: on loopback it can be reached by another
    machine's address only if something forwards, and so lets in other machines.
    """
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host in ("localhost", own.lower()) or host.endswith(".localhost")
    return address.is_loopback or not is_loopback_host(own)
