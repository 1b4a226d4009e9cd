"""Members of a segment: the type of their places, and pages of them."""

from datetime import datetime
from typing import Self

import strawberry

from graph.objects.actor import Actor
from graph.objects.enums import SegmentSource
from graph.objects.lookup.actor import actor_by_id
from graph.objects.user import User
from graph.support.context import Context, Info
from graph.support.inputs import parse_search
from graph.support.pages.connection import Connection, Edge
from graph.support.pages.pagination import encode_cursor
from graph.support.visibility import only_visible_member
from projections.memberships.members_query import MembersQuery
from projections.memberships.views import MemberView
from projections.segments.views import SegmentView
from projections.sql.paging import CursorKey, Page, PageRequest

MEMBERS = "MEMBERS"
"""The list of a segment's members, by last name, first name, id."""


@strawberry.type(description="A member with their place in the list.")
class SegmentMemberEdge(Edge[User]):
    member: strawberry.Private[MemberView]
    node: User = strawberry.field(description="The user, as the directory has them now.")
    added_at: datetime = strawberry.field(description="When the user was added.")

    @classmethod
    def of(cls, member: MemberView, place: CursorKey) -> Self:
        """The edge of a member at a place of the list."""
        return cls(
            member=member,
            cursor=encode_cursor(MEMBERS, place),
            node=User.of(member.user),
            added_at=member.added_at,
        )

    @strawberry.field(description="Who added the user.")
    async def added_by(self, info: Info) -> Actor:
        return await actor_by_id(self.member.added_by, info.context)

    @strawberry.field(description="How the user was added.")
    def source(self) -> SegmentSource:
        return SegmentSource(self.member.source)


@strawberry.type(description="A page of a segment's members.")
class SegmentMemberConnection(Connection[MembersQuery, User, SegmentMemberEdge]):
    @classmethod
    def of(cls, roster: MembersQuery, page: Page[tuple[MemberView, CursorKey]]) -> Self:
        """The connection of one page of members."""
        edges = [SegmentMemberEdge.of(member, place) for member, place in page.rows]
        return cls.build(roster, page, edges)

    @strawberry.field(
        description="Number of members that match the search and that you may see, on all pages."
    )
    async def total_count(self, info: Info) -> int:
        return await info.context.site.reads.members.count(self.query)


async def members_of(
    segment: SegmentView, context: Context, page_request: PageRequest, search: str | None
) -> SegmentMemberConnection:
    """One page of the members, now or then, of a segment that the principal may see."""
    roster = MembersQuery(
        segment=segment.number,
        as_of=segment.as_of,
        search=parse_search(search),
        only=await only_visible_member(context),
    )
    page = await context.site.reads.members.page(roster, page_request)
    return SegmentMemberConnection.of(roster, page)
