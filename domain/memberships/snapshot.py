"""What commands on rosters take from the read model, instead of folding every fact themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from domain.kernel.ids import SegmentId
from domain.people.lookup import UserKey


@dataclass(frozen=True, slots=True)
class KnownUsers:
    """As of `position`: who the looked up people are (id by lookup key, of those on the site), and
    which of these ids are in the segment.
    """

    position: int
    found: Mapping[str, str]
    members: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class KnownSegments:
    """As of `position`: the ids of all segments that somebody is in."""

    position: int
    segment_ids: AbstractSet[str]


class Directory(Protocol):
    """The read model, asked at one position each time."""

    def users(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> KnownUsers:
        """Looks people up, and whether they are in that segment."""
        ...

    def segments_of(self, user_id: str) -> KnownSegments:
        """Looks up what somebody is in."""
        ...
