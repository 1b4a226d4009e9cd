"""Commands, as the read model gives them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.log import RecordedEvent


@dataclass(frozen=True, slots=True)
class TypeCount:
    """The counts of the events of one type of a command: events, memberships that they began or
    ended, and different segments.
    """

    topic: str
    events: int
    memberships: int
    segments: int


@dataclass(frozen=True, slots=True)
class CommandView:
    """One command: its first event, and the place of its last. `counts` are empty when it recorded
    a single event. `undone_by` is the position of the last command that undid it.
    """

    first: RecordedEvent
    last_position: int
    counts: Sequence[TypeCount]
    undone_by: int | None

    @property
    def position(self) -> int:
        """The position of its first event, which the list is ordered by."""
        return self.first.position

    @property
    def id(self) -> str:
        """The command's own id, `commandId`."""
        return self.first.envelope.command_id

    @property
    def topics(self) -> frozenset[str]:
        """The types of its events."""
        if not self.counts:
            return frozenset({self.first.event.TOPIC})
        return frozenset(count.topic for count in self.counts)
