"""Questions that an undo asks: a command's events, and what came after them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from domain.log import Recorded
from domain.undo.people_history import PeopleHistory
from domain.undo.segment_history import SegmentHistory


class UndoSnapshot(SegmentHistory, PeopleHistory, Protocol):
    """The site and its history as of one position."""

    @property
    def position(self) -> int: ...

    def positions_of(self, command_id: str) -> Sequence[int]:
        """Where the facts of a command stand, the last one first; none for an unknown command."""
        ...

    def events_at(self, positions: Collection[int]) -> Sequence[Recorded]:
        """The facts at those positions, oldest first."""
        ...

    def last_events(self, tags: Collection[str]) -> Sequence[Recorded]:
        """The last fact with each of the tags that any fact has, oldest first."""
        ...

    def members_ended_by(self, segment_id: str, position: int) -> Sequence[str]:
        """The ids of those whose memberships of the segment the fact at that position ended."""
        ...

    def absent_users(self, user_ids: Collection[str]) -> set[str]:
        """Those of them who are not on the site any more."""
        ...
