"""Pages of people."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID

import strawberry

from graph.objects.user import User
from graph.support.context import Info
from graph.support.pages.connection import Connection, Edge
from graph.support.pages.pagination import encode_cursor
from projections.memberships.difference import Difference
from projections.people.query import UserQuery
from projections.people.views import UserView
from projections.sql.paging import CursorKey, Page

USERS, JOINED_OR_LEFT = "USERS", "JOINED_OR_LEFT"
"""Lists of people by last name, first name, id: a cursor belongs to one of them."""
PLACE = (bytes, UUID)
"""The types of a cursor's values in that order."""


@dataclass(frozen=True, slots=True)
class GivenUsers:
    """A list of so many users that is at hand: nothing is left to count."""

    count: int


@strawberry.type(description="A user with their place in the list.")
class UserEdge(Edge[User]):
    node: User = strawberry.field(description="The user at this place.")


@strawberry.type(description="A page of users.")
class UserConnection(Connection[UserQuery | Difference | GivenUsers, User, UserEdge]):
    @classmethod
    def of(cls, query: UserQuery | Difference, page: Page[tuple[UserView, CursorKey]]) -> Self:
        """The connection of one page of an answer."""
        name = JOINED_OR_LEFT if isinstance(query, Difference) else USERS
        edges = [
            UserEdge(cursor=encode_cursor(name, place), node=User.of(view))
            for view, place in page.rows
        ]
        return cls.build(query, page, edges)

    @classmethod
    def empty(cls) -> Self:
        """The connection for a principal who may see nobody."""
        return cls.build(GivenUsers(0), Page([], False, False), [])

    @strawberry.field(description="Number of users that match and that you may see, on all pages.")
    async def total_count(self, info: Info) -> int:
        if isinstance(self.query, GivenUsers):
            return self.query.count
        if isinstance(self.query, Difference):
            return await info.context.site.reads.members.difference_count(self.query)
        return await info.context.site.reads.users.count(self.query)
