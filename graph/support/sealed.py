"""The personal data sealed in events, opened for those who may see it."""

from __future__ import annotations

from domain.kernel.permission import Permission
from domain.policy import may
from graph.support.context import Context


async def opened(user: str, sealed: str, context: Context) -> bytes | None:
    """The JSON that is sealed in an event about that user.

    None for a principal who may not see all users, and once the user is erased.
    """
    if not may(context.principal, Permission.SEE_ALL_USERS):
        return None
    return await context.loaders.opened.load((user, sealed))
