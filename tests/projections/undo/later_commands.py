"""What others do, over and over, while nobody takes anything back."""

from __future__ import annotations

from collections.abc import Callable

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id
from domain.kernel.principal import Role
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.events import RolesAssigned, UserEdited
from domain.people.values import Username, UserStatus
from domain.segments.events import SegmentEdited
from domain.segments.values import SegmentSource
from tests.projections.conftest import START
from tests.projections.undo.site import HASHES, SEGMENT

OTHER = new_segment_id(START)
HELD, ELSEWHERE = HASHES.username(Username("ann")), HASHES.username(Username("bo"))

ADMIN = (Role.SITE_ADMIN,)
Tell = Callable[[int], Event]


def renamed(user: str) -> Tell:
    """Their last name is another."""
    return lambda n: UserEdited(user_id=user, version=n + 3, fields=("last_name",), sealed=None)


def turned(user: str) -> Tell:
    """They are suspended, and come back."""

    def told(number: int) -> Event:
        both = [UserStatus.ACTIVE, UserStatus.SUSPENDED]
        change = Change(before=both[number % 2], after=both[1 - number % 2])
        return UserEdited(user_id=user, version=number + 3, fields=(), sealed=None, status=change)

    return told


def promoted(user: str) -> Tell:
    """They are made a site admin, and are none again."""

    def told(number: int) -> Event:
        both: list[tuple[Role, ...]] = [(), ADMIN]
        change = Change(before=both[number % 2], after=both[1 - number % 2])
        return RolesAssigned(user_id=user, version=number + 3, roles=change)

    return told


def called_ann(user: str) -> Tell:
    """They take what Ann was called, and give it back."""

    def told(number: int) -> Event:
        both = [ELSEWHERE, HELD]
        change = Change(before=both[number % 2], after=both[1 - number % 2])
        fields = ("username",)
        return UserEdited(
            user_id=user, version=number + 3, fields=fields, sealed=None, username_hash=change
        )

    return told


def moved(user: str) -> Tell:
    """They are put into a segment, and taken out."""

    def told(number: int) -> Event:
        if number % 2:
            return MembersRemoved(segment_id=SEGMENT, user_ids=(user,))
        return MembersAdded(segment_id=SEGMENT, user_ids=(user,), source=SegmentSource.MANUAL)

    return told


def coded(*codes: str | None) -> Tell:
    """Another segment has one code after the other."""

    def told(number: int) -> Event:
        change = Change(before=codes[number % 2], after=codes[1 - number % 2])
        return SegmentEdited(segment_id=OTHER, version=number + 2, code=change)

    return told
