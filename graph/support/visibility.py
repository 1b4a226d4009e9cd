"""Who sees what: the one place in the graph that asks it.

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
from projections.people.question import UserQuestion
from projections.segments.question import SegmentQuestion
from projections.segments.views import SegmentView

NOBODY = -1
"""The number of a user, or a segment, that there is not."""


def sight_of(principal: Principal) -> Hashable:
    """What decides what is shown: the roles, and who it is unless they see everybody.

    Two principals of one sight are shown the same.
    """
    sees_all = all(
        may(principal, permission)
        for permission in (Permission.SEE_ALL_SEGMENTS, Permission.SEE_ALL_USERS)
    )
    return principal.roles, None if sees_all else principal.id


async def own_number(context: Context) -> int:
    """The number of the directory's user who asks; NOBODY for somebody outside of it."""
    uuid = uuid_in(context.principal.id, USER)
    number = None if uuid is None else await context.site.users.number_of(uuid)
    return NOBODY if number is None else number


async def seen_segments(question: SegmentQuestion, context: Context) -> SegmentQuestion | None:
    """The question, kept to what may be seen; None when that is nothing."""
    if may(context.principal, Permission.SEE_ALL_SEGMENTS):
        return question
    if not may(context.principal, Permission.SEE_OWN_SEGMENTS) or question.visible is False:
        return None
    own = await own_number(context)
    if own == NOBODY or question.has_member not in (None, own):
        return None
    return replace(question, visible=True, has_member=own)


async def sees_segment(view: SegmentView, context: Context) -> bool:
    """Whether this segment may be seen."""
    if may(context.principal, Permission.SEE_ALL_SEGMENTS):
        return True
    if not view.visible or not may(context.principal, Permission.SEE_OWN_SEGMENTS):
        return False
    own = await own_number(context)
    return own != NOBODY and await context.site.members.is_member(view.number, own)


async def seen_users(question: UserQuestion, context: Context) -> UserQuestion | None:
    """The question, kept to the people who may be seen; None when that is nobody."""
    if may(context.principal, Permission.SEE_ALL_USERS):
        return question
    if not may(context.principal, Permission.SEE_ONESELF):
        return None
    own = await own_number(context)
    return None if own == NOBODY else replace(question, only=own)


def sees_user(user_id: str, context: Context) -> bool:
    """Whether this user may be seen."""
    if may(context.principal, Permission.SEE_ALL_USERS):
        return True
    return user_id == context.principal.id and may(context.principal, Permission.SEE_ONESELF)


async def only_member(context: Context) -> int | None:
    """The one member who may be seen on a roster; None when all of them may."""
    if may(context.principal, Permission.SEE_ALL_USERS):
        return None
    return await own_number(context)
