"""The type of a segment."""

from datetime import datetime
from typing import Annotated, Self

import strawberry

from domain.kernel.ids import as_of_id
from domain.kernel.permission import Permission
from domain.segments.fields import values_of
from graph.objects.actor import Actor
from graph.objects.enums import SegmentSource, SegmentStatus
from graph.objects.event_connection import HISTORY, RecordedEventConnection
from graph.objects.lookup.actor import actor_by_id
from graph.objects.member import SegmentMemberConnection, members_of
from graph.objects.member_counts import MemberCount, counts_between
from graph.objects.user_connection import NAME, PLACE
from graph.support.access_logging import require_and_log
from graph.support.context import Info
from graph.support.markdown.rendering_cache import RENDERING_CACHE
from graph.support.moments import AsOf
from graph.support.node import Node
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.scalars import LogPosition
from projections.audit.query import LogQuery
from projections.segments.views import SegmentView

MemberSearch = Annotated[
    str | None,
    strawberry.argument(
        description="Part of a name, username, e-mail address or code, at most 254 characters."
    ),
]


@strawberry.type(description="A site-wide group of users.")
class UserSegment(Node):
    view: strawberry.Private[SegmentView]
    as_of: LogPosition | None = strawberry.field(
        description="The log position as of which it is shown. Null: as it is now."
    )
    name: str = strawberry.field(
        description="1 to 254 characters after trimming. Need not be unique."
    )
    code: str | None = strawberry.field(
        description="The 'User segment ID': unique on the site, 1 to 100 characters after"
        " trimming, optional. It names the segment in bulk uploads."
    )
    description: str = strawberry.field(
        description="Plain text or Markdown, at most 10,000 characters; empty when none was given."
    )
    visible: bool = strawberry.field(
        description="Whether the segment is offered to course teachers."
    )
    status: SegmentStatus = strawberry.field(description="Active or archived.")
    source: SegmentSource = strawberry.field(description="How it came to be.")
    member_count: int = strawberry.field(description="How many members it has.")
    version: int = strawberry.field(
        description="Counts this segment's own changes (not membership), from 1."
        " Give it back as expectedVersion."
    )
    created_at: datetime = strawberry.field(description="When it was created.")
    updated_at: datetime = strawberry.field(description="When it last changed, members aside.")

    @classmethod
    def of(cls, view: SegmentView) -> Self:
        """The object of a view."""
        return cls(
            id=strawberry.ID(_id_of(view)),
            view=view,
            as_of=None if view.as_of is None else LogPosition(view.as_of),
            **values_of(view),
            status=SegmentStatus(view.status),
            source=SegmentSource(view.source),
            member_count=view.member_count,
            version=view.version,
            created_at=view.created_at,
            updated_at=view.updated_at,
        )

    @strawberry.field(description="The same segment now. Null when it is gone from the site.")
    async def current(self, info: Info) -> "UserSegment | None":
        if self.as_of is None:
            return self
        view = await info.context.loaders.segment.load((self.view.uuid, None))
        return None if view is None else UserSegment.of(view)

    @strawberry.field(
        description="The description as safe HTML: its Markdown rendered or, where that would be"
        " too much work, as it was typed. At most 50,008 characters."
    )
    async def description_html(self) -> str:
        return await RENDERING_CACHE.html(self.description)

    @strawberry.field(description="Who created it.")
    async def created_by(self, info: Info) -> Actor:
        return await actor_by_id(self.view.created_by, info.context)

    @strawberry.field(description="Who last changed it.")
    async def updated_by(self, info: Info) -> Actor:
        return await actor_by_id(self.view.updated_by, info.context)

    @strawberry.field(description="Who is in it, by last name, first name.")
    async def members(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: MemberSearch = None,
    ) -> SegmentMemberConnection:
        page_request = parse_page_request(NAME, PLACE, first, after, last, before)
        return await members_of(self.view, info.context, page_request, search)

    @strawberry.field(
        description="How many members it had over time, oldest first: at each change where they are"
        " few enough, else at even distances. For those who may see the past."
    )
    async def member_counts(
        self,
        info: Info,
        from_: Annotated[
            AsOf | None,
            strawberry.argument(name="from", description="The first moment; else its creation."),
        ] = None,
        to: Annotated[
            AsOf | None,
            strawberry.argument(description="The last; else now, or the moment it is shown as of."),
        ] = None,
        points: Annotated[int, strawberry.argument(description="At most so many, 2 to 200.")] = 60,
    ) -> list[MemberCount] | None:
        info.context.require(Permission.SEE_THE_PAST)
        return await counts_between(self.view, info.context, from_, to, points)

    @strawberry.field(
        description="What happened to this segment, newest last, membership included."
    )
    async def history(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> RecordedEventConnection | None:
        require_and_log(info, Permission.SEE_THE_PAST, segment=self.view.id)
        page_request = parse_page_request(HISTORY, (int,), first, after, last, before)
        query = LogQuery(segment=self.view.number, up_to=self.view.as_of)
        page = await info.context.site.reads.audit.page(query, page_request)
        return RecordedEventConnection.of(query, page)


def _id_of(view: SegmentView) -> str:
    return view.id if view.as_of is None else as_of_id(view.id, view.as_of)
