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
    username: str = strawberry.field(description="Unique on the site; in lower case.")
    email: str = strawberry.field(description="E-mail address as typed; unique, ignoring case.")
    first_name: str = strawberry.field(description="First name, 1 to 100 characters.")
    last_name: str = strawberry.field(description="Last name, 1 to 100 characters.")
    code: str | None = strawberry.field(
        description="The directory's own ID for this person; unique if given."
    )
    status: UserStatus = strawberry.field(description="Whether the user may sign in, or is gone.")
    roles: list[Role] = strawberry.field(
        description="Roles that the directory gives; a token may add others."
    )
    created_at: datetime = strawberry.field(description="When the user was added to the directory.")
    updated_at: datetime = strawberry.field(
        description="Last change of the user's entry; memberships do not count."
    )
    version: int = strawberry.field(
        description="Counts changes of the entry itself (not of memberships), from 1. Pass it as"
        " `expectedVersion` to be told of edits made since."
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

    @strawberry.field(description="Segments that the user is a member of, archived ones included.")
    async def segments(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Annotated["UserSegmentConnection", strawberry.lazy("graph.objects.segment_connection")]:
        from graph.objects.segment_connection import OF_USER, PLACES, visible_page

        places = PLACES[Order.NAME]
        page_request = parse_page_request(OF_USER, places, first, after, last, before)
        query = SegmentQuery(statuses=None, has_member=self.view.number)
        return await visible_page(query, page_request, info.context, OF_USER)
