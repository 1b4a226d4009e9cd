"""Finds the actor behind a recorded id."""

from domain.kernel.ids import USER, uuid_in
from domain.kernel.permission import Permission
from domain.kernel.principal import SYSTEM
from domain.policy import may
from graph.objects.actor import Actor, actor_of
from graph.objects.lookup.user import user_by_id
from graph.support.context import Context
from graph.support.inputs import may_be_actor
from projections.actors.reads import view_of


async def actor_by_id(identifier: str, context: Context) -> Actor:
    """The actor who is recorded under that id: a user of the directory when the principal may see
    them there, else their name alone. An id has the same type in all answers to one principal.
    """
    if uuid_in(identifier, USER) is not None:
        user = await user_by_id(identifier, context)
        if user is not None:
            return user
    return actor_of(await context.loaders.actor.load(identifier))


async def viewer_of(context: Context) -> Actor:
    """The principal: their entry in the directory, or the name that they signed in with."""
    return await user_by_id(context.principal.id, context) or actor_of(view_of(context.principal))


async def known_actor(identifier: str, context: Context) -> Actor | None:
    """The actor with that id who is no user, when there is one and the principal may see them: the
    service and themselves everybody may, others only whoever sees all users.
    """
    if identifier == context.principal.id:
        return await viewer_of(context)
    if not may_be_actor(identifier):
        return None
    if identifier != SYSTEM.id and not may(context.principal, Permission.SEE_ALL_USERS):
        return None
    view = await context.site.reads.actors.known(identifier)
    return None if view is None else actor_of(view)
