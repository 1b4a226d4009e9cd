"""Questions about people."""

from typing import Annotated
from uuid import UUID

import strawberry

from domain.kernel.ids import USER, uuid_in
from domain.people.identifiers.lookup import UserKey, lookup_key
from graph.people.inputs import UserFilter, UserRef, named_by, question_of
from graph.people.types import NAME, User, UserConnection
from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.pagination import After, Before, First, Last, window
from graph.support.scalars import MinPosition
from graph.support.sight import seen_users, sees_user
from projections.people.views import UserView

PLACE = (bytes, UUID)
"""What a place in the order of people is made of."""

Search = Annotated[
    str | None,
    strawberry.argument(
        description="Part of a name, username, e-mail address or code, at most 254 characters; case"
        " and accents do not matter, % and _ mean themselves."
    ),
]
Filter = Annotated[
    UserFilter | None, strawberry.argument(description="Which to keep; else all on the site.")
]


@strawberry.type
class PeopleQueries:
    @strawberry.field(description="The people of the directory, by last name, first name.")
    async def users(
        self,
        info: strawberry.Info[Context, None],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        search: Search = None,
        filter: Filter = None,
        min_position: MinPosition = None,
    ) -> UserConnection:
        context = info.context
        await context.at_least(min_position)
        wanted = window(NAME, PLACE, first, after, last, before)
        question = await seen_users(await question_of(search, filter, context), context)
        if question is None:
            return UserConnection.empty()
        return UserConnection.of(question, await context.site.users.page(question, wanted))

    @strawberry.field(description="One user: by id also one who was erased.")
    async def user(
        self,
        info: strawberry.Info[Context, None],
        user: Annotated[UserRef, strawberry.argument(description="Which one.")],
        min_position: MinPosition = None,
    ) -> User | None:
        await info.context.at_least(min_position)
        return await user_by(user, info.context)

    @strawberry.field(
        description="Who is asking, as the directory has them; null for somebody outside of it."
    )
    async def viewer_user(
        self, info: strawberry.Info[Context, None], min_position: MinPosition = None
    ) -> User | None:
        await info.context.at_least(min_position)
        return await user_by_id(info.context.principal.id, info.context)


async def user_by(ref: UserRef, context: Context) -> User | None:
    """The user who is so named, when the principal may see them. QueryError INVALID."""
    by, name = named_by(ref)
    key = lookup_key(by, name)
    if key is None:
        raise invalid(f"Nobody can have this {by.value}.", "user")
    if by is UserKey.ID:
        return await user_by_id(key, context)
    view = (await _looked_up(by, key, context)).get(key)
    return User.of(view) if view is not None and sees_user(view.id, context) else None


async def user_by_id(identifier: str, context: Context) -> User | None:
    """The user with that id, when there is one and the principal may see them."""
    uuid = uuid_in(identifier, USER)
    if uuid is None or not sees_user(identifier, context):
        return None
    view = await context.loaders.user.load(uuid)
    return None if view is None else User.of(view)


async def _looked_up(by: UserKey, key: str, context: Context) -> dict[str, UserView]:
    users = context.site.users
    if by is UserKey.USERNAME:
        return await users.by_username([key])
    return await (users.by_email_key([key]) if by is UserKey.EMAIL else users.by_code_key([key]))
