"""A read model in memory that stands still at a position: what comes later it does not know."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.log import EventLog
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.snapshot import KnownSegments, KnownUsers
from domain.people.events import UserCreated, UserEdited, UserErased, UserReinstated, UserRemoved
from domain.people.hashes import Hashed
from domain.people.lookup import UserKey
from domain.segments.events import SegmentDeleted
from tests.domain.people.facts import HASHES


class StoodStill:
    """A Directory as of `position`, folded naively from the log each time it is asked."""

    def __init__(self, log: EventLog, position: int) -> None:
        self._log = log
        self.position = position
        self.asked: list[list[str]] = []
        self._held: dict[str, Hashed] = {}
        self._rosters: dict[str, set[str]] = {}

    def users(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> KnownUsers:
        """See Directory."""
        self._fold()
        self.asked.append(list(keys))
        named = {self._key(user, by): user for user in self._held}
        found = {key: named[hashed] for key in keys if (hashed := HASHES.of_key(by, key)) in named}
        members = self._rosters.get(segment, set()) & set(found.values())
        return KnownUsers(self.position, found, members)

    def segments_of(self, user_id: str) -> KnownSegments:
        """See Directory."""
        self._fold()
        inside = {segment for segment, users in self._rosters.items() if user_id in users}
        return KnownSegments(self.position, inside)

    def _key(self, user: str, by: UserKey) -> str | None:
        return user if by is UserKey.ID else getattr(self._held[user], by.value)

    def _fold(self) -> None:
        self._held.clear()
        self._rosters.clear()
        for fact in self._log.follow(0, 10_000):
            if fact.position <= self.position:
                self._take(fact.event)

    def _take(self, event: Event) -> None:
        match event:
            case UserCreated(user_id=user) | UserReinstated(user_id=user):
                self._held[user] = Hashed(event.username_hash, event.email_hash, event.code_hash)
            case UserEdited(user_id=user):
                self._held[user] = _after(self._held[user], event)
            case UserErased(user_id=user) | UserRemoved(user_id=user):
                del self._held[user]
            case MembersAdded(segment_id=segment, user_ids=users):
                self._rosters.setdefault(segment, set()).update(users)
            case MembersRemoved(segment_id=segment, user_ids=users):
                self._rosters[segment].difference_update(users)
            case SegmentDeleted(segment_id=segment):
                self._rosters.pop(segment, None)


def _after(held: Hashed, event: UserEdited) -> Hashed:
    return Hashed(
        event.username_hash.after if event.username_hash else held.username,
        event.email_hash.after if event.email_hash else held.email,
        event.code_hash.after if event.code_hash else held.code,
    )
