"""The interface by which one slice of a projection folds events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from psycopg import Cursor

from domain.kernel.event import Event
from domain.log import RecordedEvent


class Fold(Protocol):
    """Folds a batch of events in memory, then writes the result.

    The three steps run in one transaction with the read model's position, in this order. A fold
    keeps nothing between batches: the tables are its memory.
    """

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        """Loads the rows that the batch touches."""

    def fold(self, event: RecordedEvent) -> None:
        """Takes one event into account. Events of other slices change nothing."""

    def write(self, cursor: Cursor[Any]) -> None:
        """Writes what changed."""


class SegmentNumbers(Protocol):
    """Knows the read model's numbers of the segments that a batch is about, once it is loaded."""

    def number_of(self, event: Event) -> int | None:
        """Returns the number of the segment that an event is about; None when there never was
        one.
        """


class UserNumbers(Protocol):
    """Knows the read model's numbers of the users that a batch is about, once it is loaded."""

    def numbers_of(self, user_ids: Sequence[str]) -> Sequence[int]:
        """Returns the numbers of users, in their order. LookupError for one who never was."""
