"""Later events about segments and rosters: no more than an undo reports of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.kernel.event import Event
from domain.kernel.values import CodeKey
from domain.log import RecordedEvent
from domain.segments.state import Segment


@dataclass(frozen=True, slots=True)
class CurrentSegment:
    """A segment after its own events, even if it is deleted."""

    segment: Segment
    last_event: int
    """The position of the last of its own events."""
    last_membership_change: int
    """A position not before that of the last event about its roster."""


class SegmentHistory(Protocol):
    """Answers as of one position. Events of the command that is undone (`but`) are left out."""

    def current_segments(self, segment_ids: Collection[str]) -> Mapping[str, CurrentSegment]:
        """Returns those of the segments that ever were."""
        ...

    def segments_created_by(self, command_id: str) -> set[str]:
        """Returns the ids of the segments that a command created, or brought back."""
        ...

    def last_event_of(self, segment_id: str, kind: type[Event]) -> RecordedEvent | None:
        """Returns the last event of a type about a segment."""
        ...

    def events_since(
        self, segment_id: str, after: int, but: str, kinds: Collection[type[Event]]
    ) -> Sequence[RecordedEvent]:
        """Returns the events of some types about a segment after a position, oldest first: at most
        MAX_CONFLICTS.
        """
        ...

    def edits_since(
        self, segment_id: str, after: int, but: str, field: str
    ) -> Sequence[RecordedEvent]:
        """Returns those that changed a field of a segment, likewise."""
        ...

    def first_membership_changes(
        self, segment_id: str, user_ids: Sequence[str], after: int, but: str
    ) -> Mapping[str, int]:
        """Maps those of the users whom events about the segment's roster name after a position to
        the position of the first of these.
        """
        ...

    def code_claim(self, key: CodeKey) -> RecordedEvent | None:
        """Returns the event by which the segment that has a code by now took it."""
        ...
