"""Erasing somebody who is in no segment, where what else erasing does is not the question."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.ids import SegmentId
from domain.memberships.erase_user import EraseUser
from domain.memberships.snapshot import KnownSegments, KnownUsers
from domain.people.lookup import UserKey
from domain.people.user_command import UserRef


class Nowhere:
    """A directory that knows of no membership."""

    def users(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> KnownUsers:
        return KnownUsers(0, {}, set())

    def segments_of(self, user_id: str) -> KnownSegments:
        return KnownSegments(0, set())


def erase(who: UserRef) -> EraseUser:
    return EraseUser(who, Nowhere())
