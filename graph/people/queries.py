"""Queries for users."""

from typing import Annotated

import strawberry

from graph.objects.lookup.user import user_by, user_by_id
from graph.objects.refs import UserRef
from graph.objects.user import User
from graph.objects.user_connection import PLACE, USERS, UserConnection
from graph.people.inputs import UserFilter, question_of
from graph.support.context import Info
from graph.support.pages.pagination import After, Before, First, Last, parse_page_request
from graph.support.scalars import MinPosition
from graph.support.visibility import visible_users

Search = Annotated[
    str | None,
    strawberry.argument(
        description="Only users whose name, username, e-mail address or code contains every word of"
        " this text, ignoring case and accents; at most 254 characters."
    ),
]
Filter = Annotated[
    UserFilter | None,
    strawberry.argument(
        description="Narrows the list. Without `status`: active and suspended users."
    ),
]


@strawberry.type
class PeopleQueries:
    @strawberry.field(
        description="Lists users, ordered by last then first name unless told otherwise. Learners"
        " find only themselves."
    )
    async def users(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
        filter: Filter = None,
        min_position: MinPosition = None,
    ) -> UserConnection | None:
        context = info.context
        page_request = parse_page_request(USERS, PLACE, first, after, last, before)
        query = await visible_users(await question_of(search, filter, context), context)
        if query is None:
            return UserConnection.empty()
        return UserConnection.of(query, await context.site.reads.users.page(query, page_request))

    @strawberry.field(
        description="One user; by id also one who was erased or removed. Null if there is none, or"
        " none that you may see."
    )
    async def user(
        self,
        info: Info,
        user: Annotated[UserRef, strawberry.argument(description="The user to look up.")],
        min_position: MinPosition = None,
    ) -> User | None:
        return await user_by(user, info.context)

    @strawberry.field(description="Your entry in the directory; null if you have none.")
    async def viewer_user(self, info: Info, min_position: MinPosition = None) -> User | None:
        return await user_by_id(info.context.principal.id, info.context)
