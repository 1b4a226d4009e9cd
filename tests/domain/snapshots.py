"""Snapshots in memory, of a log as it stood at a position: what comes later they do not know."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager

from domain.kernel.ids import SegmentId
from domain.kernel.principal import Role
from domain.kernel.values import CodeKey, code_key
from domain.log import EventLog
from domain.people.lookup import UserKey
from domain.people.state import User, user_of
from domain.people.state import evolve as user_after
from domain.people.values import UserStatus
from domain.segments.state import Segment, segment_of
from domain.segments.state import evolve as segment_after
from domain.snapshot import Snapshot


class StoodStillAt:
    """Snapshots, and the one that they give: folded naively from the log."""

    def __init__(self, log: EventLog, position: int) -> None:
        self._log = log
        self.position = position
        self.opened = 0
        self._segments: dict[str, Segment] = {}
        self._users: dict[str, User] = {}

    @contextmanager
    def open(self) -> Iterator[Snapshot | None]:
        """See Snapshots."""
        self.opened += 1
        self._segments, self._users = {}, {}
        for fact in self._log.follow(0, 10_000):
            if fact.position > self.position:
                break
            segment = segment_after(self._segments.get(segment_of(fact.event)), fact.event)
            user = user_after(self._users.get(user_of(fact.event)), fact.event)
            self._segments |= {} if segment is None else {segment.id: segment}
            self._users |= {} if user is None else {user.id: user}
        self._segments = {key: s for key, s in self._segments.items() if not s.deleted}
        yield self

    def segment(self, segment_id: str) -> Segment | None:
        """See SegmentSnapshot."""
        return self._segments.get(segment_id)

    def code_holder(self, key: CodeKey) -> SegmentId | None:
        """See SegmentSnapshot."""
        holding = (s.id for s in self._segments.values() if s.code and code_key(s.code) == key)
        return next(holding, None)

    def user(self, user_id: str) -> User | None:
        """See PeopleSnapshot."""
        return self._users.get(user_id)

    def identifier_holder(self, by: UserKey, hashed: str) -> str | None:
        """See PeopleSnapshot."""
        holding = (u.id for u in self._there() if getattr(u.hashed, by.value) == hashed)
        return next(holding, None)

    def site_admins(self) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        return {user.id for user in self._there() if Role.SITE_ADMIN in user.roles}

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        there = (user for user in self._there() if user.id in user_ids)
        return {user.id for user in there if user.status is UserStatus.SUSPENDED}

    def _there(self) -> list[User]:
        return [user for user in self._users.values() if user.is_on_the_site]
