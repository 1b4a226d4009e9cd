"""Comparison of one segment at two moments."""

from typing import Annotated, Any

import strawberry

from domain.segments.fields import EDITABLE, values_of
from graph.objects.field_change import FieldChange
from graph.objects.lookup.segment import segment_by
from graph.objects.refs import SegmentRef
from graph.objects.segment import UserSegment
from graph.objects.user_connection import NAME, PLACE, UserConnection
from graph.support.context import Context, Info
from graph.support.moments import AsOf, moment_of
from graph.support.pages.pagination import After, First, parse_page_request
from graph.support.scalars import MinPosition
from projections.memberships.difference import Difference
from projections.segments.views import SegmentView


@strawberry.type(
    description="What differs in one segment between two moments. changes speaks of"
    f" {', '.join(EDITABLE)} and status, nothing else."
)
class SegmentComparison:
    number: strawberry.Private[int]
    moments: strawberry.Private[tuple[int, int]]
    before: UserSegment | None = strawberry.field(
        description="At the first moment; null when it was not on the site."
    )
    after: UserSegment | None = strawberry.field(
        description="At the second moment; null when it was not on the site."
    )
    changes: list[FieldChange] = strawberry.field(
        description="Field by field; none when it was not there at one of the two."
    )

    @strawberry.field(description="Members at the second moment who were none at the first.")
    async def joined(self, info: Info, first: First = None, after: After = None) -> UserConnection:
        absent, there = self.moments
        return await _page(Difference(self.number, there, absent), info.context, first, after)

    @strawberry.field(description="Members at the first moment who were none at the second.")
    async def left(self, info: Info, first: First = None, after: After = None) -> UserConnection:
        there, absent = self.moments
        return await _page(Difference(self.number, there, absent), info.context, first, after)


@strawberry.type
class ComparisonQueries:
    @strawberry.field(
        description="One segment at two moments; null when it was on the site at neither. A code in"
        " segment is the code held at `to`. to may be the earlier one: then it is read backwards."
    )
    async def compare_segment(
        self,
        info: Info,
        segment: Annotated[SegmentRef, strawberry.argument(description="Which one.")],
        from_: Annotated[AsOf, strawberry.argument(name="from", description="The first moment.")],
        to: Annotated[AsOf, strawberry.argument(description="The second moment.")],
        min_position: MinPosition = None,
    ) -> SegmentComparison | None:
        context = info.context
        await context.at_least(min_position)
        first = await moment_of(from_, context, "from") or 0
        second = await moment_of(to, context, "to") or 0
        after = await segment_by(segment, context, second)
        same = SegmentRef(id=after.id) if after is not None else segment
        before = await segment_by(same, context, first) if isinstance(same.id, str) else None
        shown = after or before
        if shown is None:
            return None
        return SegmentComparison(
            number=shown.view.number,
            moments=(first, second),
            before=before,
            after=after,
            changes=_changes(before, after),
        )


async def _page(
    difference: Difference, context: Context, first: int | None, after: str | None
) -> UserConnection:
    page_request = parse_page_request(NAME, PLACE, first, after, None, None)
    page = await context.site.reads.members.difference(difference, page_request)
    return UserConnection.of(difference, page)


def _changes(before: UserSegment | None, after: UserSegment | None) -> list[FieldChange]:
    if before is None or after is None:
        return []
    then, now = _fields(before.view), _fields(after.view)
    return [FieldChange.of(name, then[name], now[name]) for name in then if then[name] != now[name]]


def _fields(view: SegmentView) -> dict[str, Any]:
    return {**values_of(view), "status": view.status}
