"""Questions about rosters."""

from __future__ import annotations

from uuid import UUID

from graph.objects.member import SegmentMemberConnection
from graph.support.context import Context
from graph.support.inputs import searched
from graph.support.sight import only_member
from projections.memberships.roster import Roster
from projections.segments.views import SegmentView
from projections.sql.paging import Window

PLACE = (bytes, UUID)
"""What a place on a roster is made of."""


async def members_of(
    segment: SegmentView, context: Context, wanted: Window, search: str | None
) -> SegmentMemberConnection:
    """One page of who is, or was then, in a segment that the principal may see."""
    roster = Roster(
        segment=segment.number,
        as_of=segment.as_of,
        search=searched(search),
        only=await only_member(context),
    )
    page = await context.site.members.page(roster, wanted)
    return SegmentMemberConnection.of(roster, page)
