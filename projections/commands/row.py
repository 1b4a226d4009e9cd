"""One command while its events are folded: its row, and what it did by type of event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

CountsRow = tuple[int, int, int, int, int]
"""A row of command_counts."""


@dataclass(slots=True)
class TypeCounts:
    """The counts of the events of one type; `segments` holds the different numbers."""

    events: int = 0
    memberships: int = 0
    segments: set[int] = field(default_factory=set)

    def add(self, memberships: int, segment: int | None) -> None:
        """Counts one event."""
        self.events += 1
        self.memberships += memberships
        if segment is not None:
            self.segments.add(segment)


@dataclass(slots=True)
class CommandRow:
    """A command from its first event on. `counts` are by the number of the type; None while it has
    a single event.
    """

    position: int
    last_position: int
    ordinal: int
    actor: int
    channel: int
    memberships: int
    counts: dict[int, TypeCounts] | None = None

    @property
    def columns(self) -> tuple[int, ...]:
        """The row of the table commands."""
        return (
            self.position,
            self.last_position,
            self.ordinal,
            self.actor,
            self.channel,
            self.memberships,
        )

    def counts_rows(self) -> Iterator[CountsRow]:
        """Yields the rows of the table command_counts."""
        for kind, count in (self.counts or {}).items():
            segments = len(count.segments)
            yield self.position, kind, count.events, count.memberships, segments
