"""Snapshots in memory, of a log as it stood at a position: what comes later they do not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import cast

from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.principal import Role
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.values import CodeKey, code_key
from domain.log import EventLog
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.snapshot import MemberLookup
from domain.people.identifiers.lookup import UserKey
from domain.people.state import User, user_of
from domain.people.state import evolve as user_after
from domain.people.values import UserStatus
from domain.segments.events import SegmentDeleted
from domain.segments.state import Segment, segment_of
from domain.segments.state import evolve as segment_after
from domain.snapshot import Snapshot
from tests.domain.people.events import HASHES
from tests.domain.segment_sets.answers import SegmentSetAnswers
from tests.domain.uploads.answers import UploadAnswers


class StoodStill(UploadAnswers, SegmentSetAnswers):
    """Snapshots, and the one that they open: folded naively from the log each time. What undos
    ask it does not answer.
    """

    is_of_this_release = True

    def __init__(self, log: EventLog, position: int | None = None) -> None:
        """Without a position they are wherever the log is."""
        self._log = log
        self._stands_still = position is not None
        self.position = position or 0
        self.opened = 0
        self.asked: list[list[str]] = []
        self._segments: dict[str, Segment] = {}
        self._users: dict[str, User] = {}
        self._rosters: dict[str, set[str]] = {}

    @contextmanager
    def open(self, at_least: int = 0) -> Iterator[Snapshot]:
        """See Snapshots."""
        if not self._stands_still:
            self.position = self._log.read([]).head
        if self.position < at_least:
            raise ReadModelBehind(at_least, self.position)
        self.opened += 1
        self._segments, self._users, self._rosters = {}, {}, {}
        if self.position:
            for recorded in self._log.follow(0, 10_000):
                if recorded.position <= self.position:
                    self._take(recorded.event)
        yield cast("Snapshot", self)

    def segment(self, segment_id: str) -> Segment | None:
        """See SegmentSnapshot."""
        segment = self._segments.get(segment_id)
        return None if segment is None or segment.deleted else segment

    def code_owner(self, key: CodeKey) -> SegmentId | None:
        """See SegmentSnapshot."""
        there = (segment for segment in self._segments.values() if not segment.deleted)
        return next((s.id for s in there if s.code and code_key(s.code) == key), None)

    def user(self, user_id: str) -> User | None:
        """See PeopleSnapshot."""
        return self._users.get(user_id)

    def identifier_owner(self, by: UserKey, hashed: str) -> str | None:
        """See PeopleSnapshot."""
        return next((user.id for user in self._there() if _key(user, by) == hashed), None)

    def site_admins(self) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        return {user.id for user in self._there() if Role.SITE_ADMIN in user.roles}

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        """See PeopleSnapshot."""
        there = (user for user in self._there() if user.id in user_ids)
        return {user.id for user in there if user.status is UserStatus.SUSPENDED}

    def look_up(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> MemberLookup:
        """See RosterSnapshot."""
        self.asked.append(list(keys))
        named = {_key(user, by): user.id for user in self._there()}
        found = {key: named[hashed] for key in keys if (hashed := HASHES.of_key(by, key)) in named}
        return MemberLookup(found, self._rosters.get(segment, set()) & set(found.values()))

    def segments_of(self, user_id: str) -> AbstractSet[str]:
        """See RosterSnapshot."""
        return {segment for segment, users in self._rosters.items() if user_id in users}

    def _there(self) -> list[User]:
        return [user for user in self._users.values() if user.is_on_the_site]

    def _take(self, event: Event) -> None:
        segment = segment_after(self._segments.get(segment_of(event)), event)
        user = user_after(self._users.get(user_of(event)), event)
        self._segments |= {} if segment is None else {segment.id: segment}
        self._users |= {} if user is None else {user.id: user}
        match event:
            case MembersAdded(segment_id=roster, user_ids=users):
                self._rosters.setdefault(roster, set()).update(users)
            case MembersRemoved(segment_id=roster, user_ids=users):
                self._rosters[roster].difference_update(users)
            case SegmentDeleted(segment_id=roster):
                self._rosters.pop(roster, None)


def _key(user: User, by: UserKey) -> str | None:
    return user.id if by is UserKey.ID else getattr(user.hashed, by.value)
