"""Pages of users who are given by their ids, in the order of these."""

from uuid import UUID

from domain.kernel.ids import USER, uuid_in
from graph.objects.user import User
from graph.objects.user_connection import GivenUsers, UserConnection, UserEdge
from graph.support.context import Context
from graph.support.pages.pagination import encode_cursor, parse_page_request
from graph.support.visibility import can_see_user
from projections.sql.paging import Page

GIVEN = "GIVEN"
"""The order in which they are given; a cursor holds an index in it."""


async def page_of_users(
    ids: tuple[str, ...],
    context: Context,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> UserConnection:
    """One page of those whom the principal may see. QueryError INVALID or LIMIT."""
    request = parse_page_request(GIVEN, (int,), first, after, last, before)
    visible = [user for user in ids if can_see_user(user, context)]
    start = 0 if request.after is None else request.after[0] + 1
    end = len(visible) if request.before is None else min(request.before[0], len(visible))
    if request.backward:
        chosen = range(max(start, end - request.size), end)
    else:
        chosen = range(start, min(end, start + request.size))
    page = Page(list(chosen), has_next=chosen.stop < len(visible), has_previous=chosen.start > 0)
    edges = await _edges(visible, chosen, context)
    return UserConnection.build(GivenUsers(len(visible)), page, edges)


async def _edges(ids: list[str], chosen: range, context: Context) -> list[UserEdge]:
    uuids: list[UUID] = [uuid for i in chosen if (uuid := uuid_in(ids[i], USER)) is not None]
    views = await context.loaders.user.load_many(uuids)
    return [
        UserEdge(cursor=encode_cursor(GIVEN, (index,)), node=User.of(view))
        for index, view in zip(chosen, views, strict=True)
        if view is not None
    ]
