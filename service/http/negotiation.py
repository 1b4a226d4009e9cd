"""Content negotiation, and conditional answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.http.positions import POSITION_HEADER

RESPONSE_JSON = "application/graphql-response+json"

_PLAIN = ("application/json", "application/*", "*/*")
"""Media types for which plain JSON is sent, the most specific first: that one counts."""
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def negotiated(request: Request, response: Response, *, is_request_error: bool) -> Response:
    """Returns the answer in the draft's own media type, when the client prefers it to plain JSON.
    There a request error is a 400.
    """
    if _prefers_response_json(request.headers.get("accept", "")):
        response.headers["Content-Type"] = f"{RESPONSE_JSON}; charset=utf-8"
        if is_request_error and response.status_code == 200:
            response.status_code = 400
    return response


def _prefers_response_json(accept: str) -> bool:
    """Whether it is preferred: by quality; of two of equal quality by order (RFC 9110 leaves that
    to the server).
    """
    wanted: dict[str, tuple[float, int]] = {}
    for place, said in enumerate(accept.split(",")):
        kind, *parameters = (part.strip().lower() for part in said.split(";"))
        wanted.setdefault(kind, (_quality(parameters), -place))
    own = wanted.get(RESPONSE_JSON, (0.0, 0))
    plain = next((wanted[kind] for kind in _PLAIN if kind in wanted), (0.0, 0))
    return own[0] > 0 and own > plain


def _quality(parameters: Sequence[str]) -> float:
    """Returns the quality: 1 when none is given; 0, as for unwanted types, when it is invalid."""
    given = next((part for part in parameters if part.startswith("q=")), "q=1")
    found = _QUALITY.fullmatch(given)
    return float(found[1]) if found else 0.0


def cacheable(request: Request, told: Mapping[str, Any], response: Response) -> Response:
    """Adds an ETag to the answer `told` to a GET; 304 when the client has that already.

    The tag is weak, of data and errors: the position and the rate limit differ though what was
    asked for does not. A 304 tells its own position.
    """
    if request.method != "GET" or response.status_code != 200:
        return response
    kept = orjson.dumps([told.get("data"), told.get("errors"), response.headers["Content-Type"]])
    tag = f'"{hashlib.sha256(kept).hexdigest()[:32]}"'
    given = request.headers.get("if-none-match", "").split(",")
    known = {stated.strip().removeprefix("W/") for stated in given}
    headers = {
        "ETag": f"W/{tag}",
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Accept",
    }
    response.headers.update(headers)
    if tag not in known:
        return response
    headers[POSITION_HEADER] = response.headers[POSITION_HEADER]
    return Response(status_code=304, headers=headers)
