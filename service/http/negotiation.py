"""An answer in the media type that is asked for, and no more of it than is new."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

RESPONSE_JSON = "application/graphql-response+json"


def negotiated(request: Request, response: Response, *, is_request_error: bool) -> Response:
    """The same in the draft's own media type, when the client asks for it first. There a request
    error is a 400.
    """
    if _prefers_response_json(request.headers.get("accept", "")):
        response.headers["Content-Type"] = f"{RESPONSE_JSON}; charset=utf-8"
        if is_request_error and response.status_code == 200:
            response.status_code = 400
    return response


def _prefers_response_json(accept: str) -> bool:
    kinds = [kind.partition(";")[0].strip().lower() for kind in accept.split(",")]
    if RESPONSE_JSON not in kinds:
        return False
    others = [kinds.index(k) for k in ("application/json", "*/*") if k in kinds]
    return not others or kinds.index(RESPONSE_JSON) < min(others)


def cacheable(request: Request, response: Response) -> Response:
    """For GET: an ETag of the body, and 304 when the client has that body already."""
    if request.method != "GET" or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    given = request.headers.get("if-none-match", "").split(",")
    known = {tag.strip().removeprefix("W/") for tag in given}
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Accept"}
    if etag in known:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
