"""Pages of segments."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from graph.objects.segment import UserSegment
from graph.support.context import Context, Info
from graph.support.pages.connection import Connection, Edge
from graph.support.pages.pagination import encode_cursor
from graph.support.visibility import visible_segments
from projections.segments.query import SegmentOrder as Order
from projections.segments.query import SegmentQuery
from projections.segments.views import SegmentView
from projections.sql.paging import CursorKey, Page, PageRequest

OF_USER = "SEGMENTS_OF_USER"
"""The list of a user's segments; the site's list is named after its order."""

PLACES: dict[Order, tuple[type, type]] = {
    Order.NAME: (bytes, UUID),
    Order.CODE: (bytes, UUID),
    Order.CREATED_AT: (datetime, UUID),
    Order.UPDATED_AT: (datetime, UUID),
    Order.MEMBER_COUNT: (int, UUID),
}
"""The types of a cursor's values, for each order. No cursor holds a segment's number, which would
tell how many were created before it.
"""


@strawberry.type(description="A segment with its place in the list.")
class UserSegmentEdge(Edge[UserSegment]):
    node: UserSegment = strawberry.field(description="The segment at this place.")


@strawberry.type(description="A page of segments.")
class UserSegmentConnection(Connection[SegmentQuery | None, UserSegment, UserSegmentEdge]):
    @classmethod
    def of(cls, query: SegmentQuery, page: Page[tuple[SegmentView, CursorKey]], name: str) -> Self:
        """The connection of one page of an answer, of the list with that name."""
        edges = [
            UserSegmentEdge(
                cursor=encode_cursor(name, (*place[:-1], view.uuid)), node=UserSegment.of(view)
            )
            for view, place in page.rows
        ]
        return cls.build(query, page, edges)

    @classmethod
    def empty(cls) -> Self:
        """The connection for a principal who may see no segment."""
        return cls.build(None, Page([], False, False), [])

    @strawberry.field(
        description="Number of segments that match and that you may see, on all pages."
    )
    async def total_count(self, info: Info) -> int:
        if self.query is None:
            return 0
        return await info.context.site.reads.segments.count(self.query)


async def visible_page(
    query: SegmentQuery, page_request: PageRequest, context: Context, name: str
) -> UserSegmentConnection:
    """One page of the segments in question that the principal may see, of the list with that
    name.
    """
    visible = await visible_segments(query, context)
    if visible is None:
        return UserSegmentConnection.empty()
    page = await context.site.reads.segments.page(visible, page_request)
    return UserSegmentConnection.of(visible, page, name)
