"""Segments, as the API shows them."""

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from domain.kernel.permission import Permission
from domain.segments.fields import values_of
from domain.segments.values import SegmentSource as Source
from domain.segments.values import SegmentStatus as Status
from graph.actors.types import Actor
from graph.support.access import audited
from graph.support.context import Context
from graph.support.node import Node
from graph.support.pagination import (
    After,
    Before,
    First,
    Last,
    PageInfo,
    cursor_of,
    page_info,
    window,
)
from graph.support.renderings import RENDERINGS
from projections.audit.query import LogQuery
from projections.segments.query import SegmentQuery
from projections.segments.views import SegmentView
from projections.sql.paging import CursorKey, Page

if TYPE_CHECKING:
    from graph.audit.types import RecordedEventConnection
    from graph.memberships.types import MemberCount, SegmentMemberConnection
    from graph.segments.inputs import AsOf

MemberSearch = Annotated[
    str | None,
    strawberry.argument(
        description="Part of a name, username, e-mail address or code, at most 254 characters."
    ),
]

Moment = Annotated["AsOf", strawberry.lazy("graph.segments.inputs")]


@strawberry.enum(description="Active segments take changes; archived ones only restore and delete.")
class SegmentStatus(Enum):
    ACTIVE = strawberry.enum_value(Status.ACTIVE, description="On the default list.")
    ARCHIVED = strawberry.enum_value(Status.ARCHIVED, description="Put away, with its members.")


@strawberry.enum(description="How the segment came to be. Shown as 'Created manually' and so on.")
class SegmentSource(Enum):
    MANUAL = strawberry.enum_value(Source.MANUAL, description="By hand, one at a time.")
    UPLOAD = strawberry.enum_value(Source.UPLOAD, description="From a file.")
    RULE = strawberry.enum_value(Source.RULE, description="By a rule over the directory.")
    SYNC = strawberry.enum_value(Source.SYNC, description="By another system.")


@strawberry.type(description="A site-wide group of users.")
class UserSegment(Node):
    view: strawberry.Private[SegmentView]
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
        """The type behind a view."""
        return cls(
            id=strawberry.ID(view.id),
            view=view,
            **values_of(view),
            status=SegmentStatus(view.status),
            source=SegmentSource(view.source),
            member_count=view.member_count,
            version=view.version,
            created_at=view.created_at,
            updated_at=view.updated_at,
        )

    @strawberry.field(
        description="The description as safe HTML: its Markdown rendered or, where that would be"
        " too much work, as it was typed. At most 50,008 characters."
    )
    async def description_html(self) -> str:
        return await RENDERINGS.html(self.description)

    @strawberry.field(description="Who created it.")
    async def created_by(self, info: strawberry.Info[Context, None]) -> Actor:
        return Actor.of(await info.context.loaders.actor.load(self.view.created_by))

    @strawberry.field(description="Who last changed it.")
    async def updated_by(self, info: strawberry.Info[Context, None]) -> Actor:
        return Actor.of(await info.context.loaders.actor.load(self.view.updated_by))

    @strawberry.field(description="Who is in it, by last name, first name.")
    async def members(
        self,
        info: strawberry.Info[Context, None],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: MemberSearch = None,
    ) -> Annotated["SegmentMemberConnection", strawberry.lazy("graph.memberships.types")]:
        from graph.memberships.queries import PLACE, members_of
        from graph.people.types import NAME as BY_NAME

        wanted = window(BY_NAME, PLACE, first, after, last, before)
        return await members_of(self.view, info.context, wanted, search)

    @strawberry.field(
        description="How many members it had over time, oldest first: at each change where they are"
        " few enough, else at even distances. For those who may see the past."
    )
    async def member_counts(
        self,
        info: strawberry.Info[Context, None],
        from_: Annotated[
            Moment | None,
            strawberry.argument(name="from", description="The first moment; else its creation."),
        ] = None,
        to: Annotated[
            Moment | None,
            strawberry.argument(description="The last; else now, or the moment it is shown as of."),
        ] = None,
        points: Annotated[int, strawberry.argument(description="At most so many, 2 to 200.")] = 60,
    ) -> list[Annotated["MemberCount", strawberry.lazy("graph.memberships.types")]]:
        from graph.memberships.course import counts_between

        info.context.require(Permission.SEE_THE_PAST)
        return await counts_between(self.view, info.context, from_, to, points)

    @strawberry.field(
        description="What happened to this segment, newest last, membership included."
    )
    async def history(
        self,
        info: strawberry.Info[Context, None],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Annotated["RecordedEventConnection", strawberry.lazy("graph.audit.types")]:
        from graph.audit.types import HISTORY, RecordedEventConnection

        audited(info, Permission.SEE_THE_PAST, segment=self.view.id)
        wanted = window(HISTORY, (int,), first, after, last, before)
        question = LogQuery(segment=self.view.number, up_to=self.view.as_of)
        page = await info.context.site.audit.page(question, wanted)
        return RecordedEventConnection.of(question, page)


@strawberry.type(description="A segment's place in a list.")
class UserSegmentEdge:
    cursor: str = strawberry.field(description="Names this place, for after and before.")
    node: UserSegment = strawberry.field(description="The segment.")


@strawberry.type(description="A page of segments.")
class UserSegmentConnection:
    question: strawberry.Private[SegmentQuery | None]
    edges: list[UserSegmentEdge] = strawberry.field(description="The page, with cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, question: SegmentQuery, page: Page[tuple[SegmentView, CursorKey]]) -> Self:
        """The connection behind one page of an answer."""
        order = question.order.name
        edges = [
            UserSegmentEdge(
                cursor=cursor_of(order, (*place[:-1], view.uuid)), node=UserSegment.of(view)
            )
            for view, place in page.rows
        ]
        return cls(
            question=question, edges=edges, page_info=page_info(page, [e.cursor for e in edges])
        )

    @classmethod
    def empty(cls) -> Self:
        """What somebody sees who may see no segment."""
        return cls(question=None, edges=[], page_info=page_info(Page([], False, False), []))

    @strawberry.field(description="The page, without cursors.")
    def nodes(self) -> list[UserSegment]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many segments the filter keeps, on all pages.")
    async def total_count(self, info: strawberry.Info[Context, None]) -> int:
        if self.question is None:
            return 0
        return await info.context.site.segments.count(self.question)
