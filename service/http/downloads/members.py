"""`GET /files/segments/{id}/members.csv`: a segment's members now."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from domain.kernel.ids import SEGMENT, present_id_wanted, uuid_in
from domain.kernel.permission import Permission
from domain.policy import may
from graph.support.site import Site
from service.downloads.members_csv import members_csv
from service.http.bearer import authenticate
from service.http.downloads.responses import nothing_there, streamed, unless_late
from service.http.responses import error_response
from service.sign_in import NotSignedIn


async def members(request: Request) -> Response:
    """Answers with the roster, for users who may see every segment: checked all along, as a client
    may take it slowly.
    """
    refused = await _refused(request)
    if refused is not None:
        return refused
    identifier = request.path_params["id"]
    wrong = present_id_wanted(identifier, SEGMENT)
    if wrong is not None:
        return error_response(400, "INVALID", wrong)
    uuid = uuid_in(identifier, SEGMENT)
    if uuid is None:
        return nothing_there()
    return await unless_late(_roster(request, uuid))


async def _roster(request: Request, uuid: UUID) -> Response:
    site: Site = request.state.site
    await site.live.position.wait_for(await site.reads.audit.head())  # with all that is done by now
    refused = await _refused(request)
    if refused is not None:
        return refused
    view = (await site.reads.segments.by_uuid([uuid])).get(uuid)
    if view is None:
        return nothing_there()
    return streamed(_while_let_in(request, members_csv(site.reads.members, view)), "members.csv")


async def _refused(request: Request) -> Response | None:
    """Returns the answer for a user who may not see it, by now."""
    bearer = await authenticate(request)
    if isinstance(bearer, Response):
        return bearer
    return None if may(bearer.principal, Permission.SEE_ALL_SEGMENTS) else nothing_there()


async def _while_let_in(request: Request, parts: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Yields the parts. NotSignedIn, which cuts the answer off, once the user is not signed in any
    more.
    """
    async for part in parts:
        if await _refused(request) is not None:
            raise NotSignedIn("whoever asked for the roster may not see it any more")
        yield part
