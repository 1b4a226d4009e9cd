"""Member counts of a segment over time."""

from datetime import datetime
from typing import Self

import strawberry

from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.moments import AsOf, moment_of
from graph.support.scalars import LogPosition
from projections.memberships.member_count_history import MemberCountAt, TimePoint
from projections.segments.views import SegmentView

MIN_POINTS, MAX_POINTS = 2, 200
"""Points of a chart."""


@strawberry.type(description="Number of members of a segment at one moment.")
class MemberCount:
    at: datetime = strawberry.field(description="The time of that moment.")
    position: LogPosition = strawberry.field(description="The log position at that moment.")
    count: int = strawberry.field(description="The exact number of members.")

    @classmethod
    def of(cls, then: MemberCountAt) -> Self:
        """The object of a count."""
        return cls(
            at=then.moment.at, position=LogPosition(then.moment.position), count=then.members
        )


async def counts_between(
    view: SegmentView, context: Context, begin: AsOf | None, end: AsOf | None, points: int
) -> list[MemberCount]:
    """The counts from one moment to another, the segment being there. QueryError INVALID."""
    if not MIN_POINTS <= points <= MAX_POINTS:
        raise invalid(f"From {MIN_POINTS} to {MAX_POINTS} points.", "points")
    member_count_history = context.site.reads.member_count_history
    last = await _given(end, context, "to") or await _end(view, context)
    created = await member_count_history.moment(await member_count_history.created(view.number))
    if last.position < created.position:
        return []
    first = await _given(begin, context, "from")
    if first is None or first.position < created.position:
        first = created
    if first > last:
        raise invalid("The first moment must not be after the last.", "from")
    return [
        MemberCount.of(count)
        for count in await member_count_history.between(view.number, first, last, points)
    ]


async def _given(as_of: AsOf | None, context: Context, argument: str) -> TimePoint | None:
    """The moment that was asked for; the future is now."""
    position = await moment_of(as_of, context, argument)
    if as_of is None or position is None:
        return None
    if as_of.time:
        return TimePoint(position, min(as_of.time, context.site.services.clock()))
    return await context.site.reads.member_count_history.moment(position)


async def _end(view: SegmentView, context: Context) -> TimePoint:
    """The last moment: the one that the segment is shown as of, else now."""
    if view.as_of is not None:
        return await context.site.reads.member_count_history.moment(view.as_of)
    reached = await context.site.reads.member_count_history.moment(await context.snapshot.begin())
    return reached._replace(at=max(reached.at, context.site.services.clock()))
