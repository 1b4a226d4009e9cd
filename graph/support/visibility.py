"""Visibility: the one place of the graph that decides what a principal may see.

The rules: docs/reference/rules.md, "Permissions".
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from domain.kernel.ids import USER, uuid_in
from domain.kernel.permission import Permission
from domain.kernel.principal import Principal
from domain.policy import may
from graph.support.context import Context
from projections.people.query import UserQuery
from projections.segments.query import SegmentQuery
from projections.segments.views import SegmentView

NO_SUCH_NUMBER = -1
"""A number that no user and no segment has: a question that names it finds nothing. None, in a
question, would be that it does not matter."""


def visibility_key(principal: Principal) -> Hashable:
    """Equal for two principals to whom the same is visible: their roles, and who it is unless they
    see everybody.
    """
    sees_all = all(
        may(principal, permission)
        for permission in (Permission.SEE_ALL_SEGMENTS, Permission.SEE_ALL_USERS)
    )
    return principal.roles, None if sees_all else principal.id


async def own_number(context: Context) -> int | None:
    """The number of the user who asks; None for somebody outside of the directory."""
    uuid = uuid_in(context.principal.id, USER)
    return None if uuid is None else await context.site.reads.users.number_of(uuid)


async def visible_segments(query: SegmentQuery, context: Context) -> SegmentQuery | None:
    """The question, narrowed to visible segments; None when there are none."""
    if may(context.principal, Permission.SEE_ALL_SEGMENTS):
        return query
    if not may(context.principal, Permission.SEE_OWN_SEGMENTS) or query.visible is False:
        return None
    own = await own_number(context)
    if own is None or query.has_member not in (None, own):
        return None
    return replace(query, visible=True, has_member=own)


async def can_see_segment(view: SegmentView, context: Context) -> bool:
    """Whether the principal may see this segment."""
    if may(context.principal, Permission.SEE_ALL_SEGMENTS):
        return True
    if not view.visible or not may(context.principal, Permission.SEE_OWN_SEGMENTS):
        return False
    own = await own_number(context)
    return own is not None and await context.site.reads.members.is_member(view.number, own)


async def visible_users(query: UserQuery, context: Context) -> UserQuery | None:
    """The question, narrowed to visible users; None when there are none."""
    if may(context.principal, Permission.SEE_ALL_USERS):
        return query
    if not may(context.principal, Permission.SEE_ONESELF):
        return None
    own = await own_number(context)
    return None if own is None else replace(query, only=own)


def can_see_user(user_id: str, context: Context) -> bool:
    """Whether the principal may see this user."""
    if may(context.principal, Permission.SEE_ALL_USERS):
        return True
    return user_id == context.principal.id and may(context.principal, Permission.SEE_ONESELF)


async def only_visible_member(context: Context) -> int | None:
    """The number of the one visible member of any roster; None when all are visible."""
    if may(context.principal, Permission.SEE_ALL_USERS):
        return None
    own = await own_number(context)
    return NO_SUCH_NUMBER if own is None else own
