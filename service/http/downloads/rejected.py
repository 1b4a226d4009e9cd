"""`GET /files/uploads/{id}/rejected.csv`: the rejected rows of an upload, with reasons."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from graph.support.site import Site
from service.http.bearer import authenticate
from service.http.downloads.responses import nothing_there, streamed


async def rejected(request: Request) -> Response:
    """Answers with the file, for an hour, for the user who uploaded it."""
    bearer = await authenticate(request)
    if isinstance(bearer, Response):
        return bearer
    try:
        uuid = UUID(hex=request.path_params["id"])
    except ValueError:
        return nothing_there()
    site: Site = request.state.site
    pieces = await site.rejected_rows.read(bearer.principal.id, uuid)
    return nothing_there() if pieces is None else streamed(pieces, "rejected.csv")
