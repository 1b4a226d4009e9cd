"""The site at one position, as the read model has it: where a command begins that has a long story.

Whatever the read model's position: the facts after it are folded on top, so that nothing is decided
on what is past.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol, runtime_checkable

from domain.people.snapshot import PeopleSnapshot
from domain.segments.snapshot import SegmentSnapshot


class Snapshot(SegmentSnapshot, PeopleSnapshot, Protocol):
    """Answers as of one position, however many questions are asked."""

    @property
    def position(self) -> int: ...


class Snapshots(Protocol):
    """Gives snapshots of what the read model has by now."""

    def open(self) -> AbstractContextManager[Snapshot | None]:
        """One for the length of a block; None when the read model is another release's."""
        ...


@runtime_checkable
class Restorable(Protocol):
    """A command that can begin at a snapshot."""

    def restore(self, snapshot: Snapshot) -> None:
        """Takes over what the facts of the boundary say up to the snapshot's position, in the place
        of what was folded. What it has found out so far of whom it is about it looks up, too: the
        facts after that position may say the same.

        Facts are folded on top while the snapshot is open: it may be asked then, too.
        """
        ...
