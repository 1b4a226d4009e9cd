"""Queries for segments."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

import strawberry

from domain.kernel.permission import Permission
from domain.policy import may
from graph.objects.lookup.segment import (
    segment_by,
)
from graph.objects.refs import SegmentRef
from graph.objects.segment import UserSegment
from graph.objects.segment_connection import PLACES, UserSegmentConnection, visible_page
from graph.segments.inputs import SegmentFilter, SegmentOrder, question_of
from graph.support.context import Context, Info
from graph.support.errors import invalid
from graph.support.moments import AsOf, moment_of
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.requirements import requires
from graph.support.scalars import MinPosition
from graph.support.visibility import NO_SUCH_NUMBER, can_see_segment
from projections.segments.query import SegmentOrder as Order
from projections.sql.paging import CursorKey, PageRequest

Search = Annotated[
    str | None,
    strawberry.argument(
        description="Only segments whose name, code or description contains every word of this"
        " text, in any order, ignoring case and accents; words in quotes stand"
        " together. At most 254 characters."
    ),
]
Filter = Annotated[
    SegmentFilter | None,
    strawberry.argument(
        description="Narrows the list. Without `status`, archived segments are left out."
    ),
]
OrderBy = Annotated[
    SegmentOrder | None,
    strawberry.argument(description="The order of the list; by name if omitted."),
]
AsOfArgument = Annotated[
    AsOf | None,
    strawberry.argument(
        description="Shows what was at this moment; omit for now."
        + requires(Permission.SEE_THE_PAST)
    ),
]


@strawberry.type
class SegmentQueries:
    @strawberry.field(
        description="The Site User Segments list: active segments by name, unless told otherwise."
        " Learners find the visible segments that they are in."
    )
    async def site_user_segments(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
        filter: Filter = None,
        order_by: OrderBy = None,
        as_of: AsOfArgument = None,
        min_position: MinPosition = None,
    ) -> UserSegmentConnection | None:
        context = info.context
        moment = await moment_of(as_of, context)
        query = await question_of(search, filter, order_by, moment, context)
        order = query.order
        page_request = parse_page_request(order.name, PLACES[order], first, after, last, before)
        if order is Order.MEMBER_COUNT:
            page_request = await _order_by_number(page_request, context)
        return await visible_page(query, page_request, context, order.name)

    @strawberry.field(description="One segment. Null if there is none, or none that you may see.")
    async def user_segment(
        self,
        info: Info,
        segment: Annotated[
            SegmentRef,
            strawberry.argument(
                description="The segment to look up, by its present id or its code."
            ),
        ],
        as_of: AsOfArgument = None,
        min_position: MinPosition = None,
    ) -> UserSegment | None:
        context = info.context
        return await segment_by(segment, context, await moment_of(as_of, context))


async def _order_by_number(page_request: PageRequest, context: Context) -> PageRequest:
    """The window with numbers for ids: the list by member count sorts by number."""
    after = await _to_number(page_request.after, "after", context)
    before = await _to_number(page_request.before, "before", context)
    return replace(page_request, after=after, before=before)


async def _to_number(place: CursorKey | None, argument: str, context: Context) -> CursorKey | None:
    if place is None:
        return None
    uuid: UUID = place[-1]
    if not may(context.principal, Permission.SEE_ALL_SEGMENTS):
        return (*place[:-1], await _visible_number(uuid, context))
    number = await context.site.reads.segments.number_of(uuid)
    if number is None:
        raise invalid(f"{argument} is no cursor of this list.", argument)
    return (*place[:-1], number)


async def _visible_number(uuid: UUID, context: Context) -> int:
    """The number of a segment that the principal may see. Any other is placed as one that does not
    exist, first among equal counts: nobody can probe ids with forged cursors.
    """
    view = await context.loaders.segment.load((uuid, None))
    return (
        view.number if view is not None and await can_see_segment(view, context) else NO_SUCH_NUMBER
    )
