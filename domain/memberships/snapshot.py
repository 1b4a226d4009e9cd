"""Questions about the members of segments that commands ask the read model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

from domain.kernel.ids import SegmentId
from domain.people.identifiers.lookup import UserKey
from domain.people.snapshot import PeopleSnapshot


class MemberLookup(NamedTuple):
    """The ids of users who are on the site, by the key that they were looked up by, and which of
    these ids are in the segment.
    """

    users: Mapping[str, str]
    members: AbstractSet[str]


class RosterSnapshot(PeopleSnapshot, Protocol):
    """The rosters as of one position."""

    def look_up(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> MemberLookup:
        """Finds users, and whether they are in that segment."""
        ...

    def segments_of(self, user_id: str) -> AbstractSet[str]:
        """Returns the ids of all segments that a user is in."""
        ...
