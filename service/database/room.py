"""Whether there is room to write, as far as commands know."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

REMEMBERED = 30.0
"""Seconds for which it is believed that the disk is full after a command failed for that. Then it
takes another to find out: whoever is asked nothing any more could not know when there is room."""


class Room:
    """What the commands of one process found out. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._full_at: float | None = None

    def was_missing(self) -> None:
        """A command was not recorded for want of room."""
        self._full_at = self._clock()

    def was_there(self) -> None:
        """A command was recorded."""
        self._full_at = None

    def is_missing(self) -> bool:
        """Whether commands fail for want of room, as of the last that tried lately."""
        full_at = self._full_at
        return full_at is not None and self._clock() - full_at < REMEMBERED
