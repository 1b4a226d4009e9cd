"""`GET /files/segments/{id}/members.csv`: who is in a segment now."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from domain.kernel.ids import SEGMENT, uuid_in
from domain.policy import Permission, may
from graph.support.context import Site
from service.files.members_csv import members_csv
from service.http.bearer import admitted
from service.http.files.answers import nothing_there, streamed


async def members(request: Request) -> Response:
    """The roster, for those who may see every segment."""
    bearer = await admitted(request)
    if isinstance(bearer, Response):
        return bearer
    uuid = uuid_in(request.path_params["id"], SEGMENT)
    if uuid is None or not may(bearer.principal, Permission.SEE_ALL_SEGMENTS):
        return nothing_there()
    site: Site = request.state.site
    await site.position.reached_or_late(await site.audit.head())  # with all that is done by now
    view = (await site.segments.by_uuid([uuid])).get(uuid)
    if view is None:
        return nothing_there()
    return streamed(members_csv(site.members, view), "members.csv")
