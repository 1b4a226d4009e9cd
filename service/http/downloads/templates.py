"""`GET /files/templates/….csv`: a header line to begin an upload with."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from domain.segments.fields import EDITABLE
from service.http.bearer import authenticate
from service.http.downloads.responses import file, nothing_there

HEADERS = {
    "segments": ",".join(EDITABLE),
    "members": "segment,username",
    "users": "username,email,firstname,lastname,code,roles,segment1,segment2",
}


async def template(request: Request) -> Response:
    """Answers with one header line."""
    bearer = await authenticate(request)
    if isinstance(bearer, Response):
        return bearer
    kind = request.path_params["kind"]
    if kind not in HEADERS:
        return nothing_there()
    return file(f"{HEADERS[kind]}\r\n".encode(), f"{kind}.csv")
