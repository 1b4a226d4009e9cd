"""Finds one user by an id, username, address or code, for a principal who may see them."""

from domain.kernel.ids import USER, uuid_in
from domain.people.identifiers.lookup import UserKey, lookup_key
from graph.objects.refs import UserRef, named_by
from graph.objects.user import User
from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.visibility import can_see_user
from projections.people.views import UserView


async def user_by(ref: UserRef, context: Context) -> User | None:
    """The user who is so named, when the principal may see them. QueryError INVALID."""
    by, name = named_by(ref)
    key = lookup_key(by, name)
    if key is None:
        raise invalid(f"Nobody can have this {by.value}.", "user")
    if by is UserKey.ID:
        return await user_by_id(key, context)
    view = (await _looked_up(by, key, context)).get(key)
    return User.of(view) if view is not None and can_see_user(view.id, context) else None


async def user_by_id(identifier: str, context: Context) -> User | None:
    """The user with that id, when there is one and the principal may see them."""
    uuid = uuid_in(identifier, USER)
    if uuid is None or not can_see_user(identifier, context):
        return None
    view = await context.loaders.user.load(uuid)
    return None if view is None else User.of(view)


async def _looked_up(by: UserKey, key: str, context: Context) -> dict[str, UserView]:
    users = context.site.reads.users
    if by is UserKey.USERNAME:
        return await users.by_username([key])
    return await (users.by_email_key([key]) if by is UserKey.EMAIL else users.by_code_key([key]))
