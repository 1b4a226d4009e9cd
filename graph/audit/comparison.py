"""Comparison of one segment at two moments."""

from typing import Annotated, Any

import strawberry

from domain.kernel.permission import Permission
from domain.segments.fields import EDITABLE, values_of
from graph.objects.event_details.field_change import FieldChange
from graph.objects.lookup.segment import segment_by
from graph.objects.refs import SegmentRef
from graph.objects.segment import UserSegment
from graph.objects.user_connection import JOINED_OR_LEFT, PLACE, UserConnection
from graph.support.context import Context, Info
from graph.support.moments import AsOf, moment_of
from graph.support.pages.pagination import After, First, parse_page_request
from graph.support.requirements import requires
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
        description="The segment at `from`; null if it was not on the site then."
    )
    after: UserSegment | None = strawberry.field(
        description="The segment at `to`; null if it was not on the site then."
    )
    changes: list[FieldChange] = strawberry.field(
        description="The fields that differ; empty if the segment was missing at one of the two"
        " moments."
    )

    @strawberry.field(
        description="Users who are members at `to` and were not at `from`, by last name, first"
        " name."
    )
    async def joined(self, info: Info, first: First = None, after: After = None) -> UserConnection:
        absent, there = self.moments
        return await _page(Difference(self.number, there, absent), info.context, first, after)

    @strawberry.field(
        description="Users who were members at `from` and are not at `to`, by last name, first"
        " name."
    )
    async def left(self, info: Info, first: First = None, after: After = None) -> UserConnection:
        there, absent = self.moments
        return await _page(Difference(self.number, there, absent), info.context, first, after)


@strawberry.type
class ComparisonQueries:
    @strawberry.field(
        description="Differences of one segment between two moments. Null if it existed at neither."
        " A code is looked up at `to`. `to` may be the earlier moment: the comparison"
        " then runs backwards." + requires(Permission.SEE_THE_PAST)
    )
    async def compare_segment(
        self,
        info: Info,
        segment: Annotated[
            SegmentRef,
            strawberry.argument(
                description="The segment to compare, by its present id, or by its code at `to`."
            ),
        ],
        from_: Annotated[
            AsOf, strawberry.argument(name="from", description="The moment to compare from.")
        ],
        to: Annotated[AsOf, strawberry.argument(description="The moment to compare to.")],
        min_position: MinPosition = None,
    ) -> SegmentComparison | None:
        context = info.context
        first = await moment_of(from_, context, "from") or 0
        second = await moment_of(to, context, "to") or 0
        after = await segment_by(segment, context, second)
        same = SegmentRef(id=strawberry.ID(after.view.id)) if after is not None else segment
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
    page_request = parse_page_request(JOINED_OR_LEFT, PLACE, first, after, None, None)
    page = await context.site.reads.members.difference(difference, page_request)
    return UserConnection.of(difference, page)


def _changes(before: UserSegment | None, after: UserSegment | None) -> list[FieldChange]:
    if before is None or after is None:
        return []
    then, now = _fields(before.view), _fields(after.view)
    return [FieldChange.of(name, then[name], now[name]) for name in then if then[name] != now[name]]


def _fields(view: SegmentView) -> dict[str, Any]:
    return {**values_of(view), "status": view.status}
