"""People of the directory, as the API shows them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

import strawberry

from graph.objects.enums import Role, UserStatus
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
)
from projections.memberships.difference import Difference
from projections.people.question import UserQuestion
from projections.people.views import UserView
from projections.sql.paging import Page, Place

if TYPE_CHECKING:
    from graph.objects.segment import UserSegmentConnection

NAME = "NAME"
"""The order of people: by last name, first name, id."""

PLACE = (bytes, UUID)
"""What a place in that order is made of."""


@strawberry.type(description="A person in the site's directory.")
class User(Node):
    view: strawberry.Private[UserView]
    username: str = strawberry.field(description="Case-folded; unique.")
    email: str = strawberry.field(description="As typed; unique in any case of letters.")
    first_name: str = strawberry.field(description="1 to 100 characters.")
    last_name: str = strawberry.field(description="1 to 100 characters.")
    display_name: str = strawberry.field(description="First and last name.")
    code: str | None = strawberry.field(
        description="The directory's own ID number for this person; unique when given."
    )
    status: UserStatus = strawberry.field(description="Whether they may sign in.")
    roles: list[Role] = strawberry.field(description="What the directory says that they may be.")
    created_at: datetime = strawberry.field(description="When they were added.")
    updated_at: datetime = strawberry.field(description="When their entry last changed.")
    version: int = strawberry.field(
        description="Counts the entry's own changes (not memberships), from 1."
        " Give it back as expectedVersion."
    )

    @classmethod
    def of(cls, view: UserView) -> Self:
        """The type behind a view."""
        return cls(
            id=strawberry.ID(view.id),
            view=view,
            username=view.username,
            email=view.email,
            first_name=view.first_name,
            last_name=view.last_name,
            display_name=view.display_name,
            code=view.code,
            status=UserStatus(view.status),
            roles=[Role(role) for role in sorted(view.roles)],
            created_at=view.created_at,
            updated_at=view.updated_at,
            version=view.version,
        )

    @strawberry.field(description="The segments that they are in now, by name; archived ones, too.")
    async def segments(
        self,
        info: strawberry.Info[Context, None],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Annotated["UserSegmentConnection", strawberry.lazy("graph.objects.segment")]:
        from graph.segments.queries import segments_of_user

        return await segments_of_user(self.view, info.context, first, after, last, before)


@strawberry.type(description="A person's place in a list.")
class UserEdge:
    cursor: str = strawberry.field(description="Names this place, for after and before.")
    node: User = strawberry.field(description="The person.")


@strawberry.type(description="A page of people.")
class UserConnection:
    question: strawberry.Private[UserQuestion | Difference | None]
    edges: list[UserEdge] = strawberry.field(description="The page, with cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, question: UserQuestion | Difference, page: Page[tuple[UserView, Place]]) -> Self:
        """The connection behind one page of an answer."""
        edges = [
            UserEdge(cursor=cursor_of(NAME, place), node=User.of(view)) for view, place in page.rows
        ]
        return cls(
            question=question, edges=edges, page_info=page_info(page, [e.cursor for e in edges])
        )

    @classmethod
    def empty(cls) -> Self:
        """What somebody sees who may see nobody."""
        return cls(question=None, edges=[], page_info=page_info(Page([], False, False), []))

    @strawberry.field(description="The page, without cursors.")
    def nodes(self) -> list[User]:
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many people the filter keeps, on all pages.")
    async def total_count(self, info: strawberry.Info[Context, None]) -> int:
        if self.question is None:
            return 0
        if isinstance(self.question, Difference):
            return await info.context.site.members.difference_count(self.question)
        return await info.context.site.users.count(self.question)
