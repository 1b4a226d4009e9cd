"""The questions that an undo asks: a command's events, and those after them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from domain.log import RecordedEvent
from domain.undo.people_history import PeopleHistory
from domain.undo.segment_history import SegmentHistory


class UndoSnapshot(SegmentHistory, PeopleHistory, Protocol):
    """The site and its history as of one position."""

    @property
    def position(self) -> int: ...

    def positions_of(self, command_id: str) -> Sequence[int]:
        """Returns the positions of a command's events, the last one first; none for an unknown
        command.
        """
        ...

    def events_at(self, positions: Collection[int]) -> Sequence[RecordedEvent]:
        """Returns the events at those positions, oldest first."""
        ...

    def last_events(self, tags: Collection[str]) -> Sequence[RecordedEvent]:
        """Returns the last event with each of the tags that any event has, oldest first."""
        ...

    def members_ended_by(self, segment_id: str, position: int) -> Sequence[str]:
        """Returns the ids of the users whose memberships of the segment the event at that position
        ended.
        """
        ...

    def absent_users(self, user_ids: Collection[str]) -> set[str]:
        """Returns those of them who are not on the site any more."""
        ...
