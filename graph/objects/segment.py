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
from graph.objects.member import MEMBERS, SegmentMemberConnection, members_of
from graph.objects.member_counts import MemberCount, counts_between
from graph.objects.user_connection import PLACE
from graph.support.access_logging import require_and_log
from graph.support.context import Info
from graph.support.markdown.rendering_cache import RENDERING_CACHE
from graph.support.moments import AsOf
from graph.support.node import Node
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.requirements import requires
from graph.support.scalars import LogPosition
from projections.audit.query import LogQuery
from projections.segments.views import SegmentView

MemberSearch = Annotated[
    str | None,
    strawberry.argument(
        description="Only members whose name, username, e-mail address or code contains every word"
        " of this text; at most 254 characters."
    ),
]


@strawberry.type(
    description="A site-wide group of users. Read as of a moment, its id is `segment_…@POSITION`."
)
class UserSegment(Node):
    view: strawberry.Private[SegmentView]
    as_of: LogPosition | None = strawberry.field(
        description="The log position as of which it is shown. Null: as it is now."
    )
    name: str = strawberry.field(
        description="The segment's name, 1 to 254 characters. Need not be unique."
    )
    code: str | None = strawberry.field(
        description="The user segment ID: optional, unique on the site, 1 to 100 characters. It"
        " names the segment in uploads."
    )
    description: str = strawberry.field(
        description="Plain text or Markdown, up to 10,000 characters; empty if none was given."
    )
    visible: bool = strawberry.field(
        description="Whether the segment is offered to course teachers."
    )
    status: SegmentStatus = strawberry.field(
        description="Whether the segment is active or archived."
    )
    source: SegmentSource = strawberry.field(description="How the segment was created.")
    member_count: int = strawberry.field(
        description="Number of members, including those whom you may not see."
    )
    version: int = strawberry.field(
        description="Counts changes of the segment itself (not of its members), from 1. Pass it as"
        " `expectedVersion` to be told of edits made since."
    )
    created_at: datetime = strawberry.field(description="When the segment was created.")
    updated_at: datetime = strawberry.field(
        description="Last change of the segment itself; changes of members do not count."
    )

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
        description="The description as sanitized HTML, at most 50,008 characters: its Markdown"
        " rendered, or the text as typed where rendering would take too long."
    )
    async def description_html(self) -> str:
        return await RENDERING_CACHE.html(self.description)

    @strawberry.field(description="Who created the segment.")
    async def created_by(self, info: Info) -> Actor:
        return await actor_by_id(self.view.created_by, info.context)

    @strawberry.field(description="Who last changed the segment itself.")
    async def updated_by(self, info: Info) -> Actor:
        return await actor_by_id(self.view.updated_by, info.context)

    @strawberry.field(
        description="The segment's members, by last name, first name. Learners find only themselves"
        " here."
    )
    async def members(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: MemberSearch = None,
    ) -> SegmentMemberConnection:
        page_request = parse_page_request(MEMBERS, PLACE, first, after, last, before)
        return await members_of(self.view, info.context, page_request, search)

    @strawberry.field(
        description="Number of members over time, oldest first: at each change if these are few,"
        " else at even distances." + requires(Permission.SEE_THE_PAST)
    )
    async def member_counts(
        self,
        info: Info,
        from_: Annotated[
            AsOf | None,
            strawberry.argument(
                name="from",
                description="Begins at this moment; omit to begin with the segment's creation.",
            ),
        ] = None,
        to: Annotated[
            AsOf | None,
            strawberry.argument(
                description="Ends at this moment; omit for the one that the segment is shown as of."
            ),
        ] = None,
        points: Annotated[
            int, strawberry.argument(description="The most counts to return, 2 to 200.")
        ] = 60,
    ) -> list[MemberCount] | None:
        info.context.require(Permission.SEE_THE_PAST)
        return await counts_between(self.view, info.context, from_, to, points)

    @strawberry.field(
        description="Events about the segment and its members, newest last; up to the moment it is"
        " shown as of." + requires(Permission.SEE_THE_PAST)
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
        return RecordedEventConnection.of(query, page, HISTORY)


def _id_of(view: SegmentView) -> str:
    return view.id if view.as_of is None else as_of_id(view.id, view.as_of)
