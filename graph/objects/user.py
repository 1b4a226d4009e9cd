"""The type of a user."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self

import strawberry

from graph.objects.actor import Actor, ActorKind
from graph.objects.enums import Role, UserStatus
from graph.support.context import Info
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from projections.people.views import UserView
from projections.segments.query import SegmentOrder as Order
from projections.segments.query import SegmentQuery

if TYPE_CHECKING:
    from graph.objects.segment_connection import UserSegmentConnection


@strawberry.type(description="A person in the site's directory.")
class User(Actor):
    view: strawberry.Private[UserView]
    username: str = strawberry.field(description="Case-folded; unique.")
    email: str = strawberry.field(description="As typed; unique in any case of letters.")
    first_name: str = strawberry.field(description="1 to 100 characters.")
    last_name: str = strawberry.field(description="1 to 100 characters.")
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
        """The object of a view."""
        return cls(
            id=strawberry.ID(view.id),
            view=view,
            username=view.username,
            email=view.email,
            first_name=view.first_name,
            last_name=view.last_name,
            display_name=view.display_name,
            kind=ActorKind.USER,
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
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Annotated["UserSegmentConnection", strawberry.lazy("graph.objects.segment_connection")]:
        from graph.objects.segment_connection import PLACES, visible_page

        page_request = parse_page_request(
            Order.NAME.name, PLACES[Order.NAME], first, after, last, before
        )
        query = SegmentQuery(statuses=None, has_member=self.view.number)
        return await visible_page(query, page_request, info.context)
