"""The site at one position, as the read model has it: commands ask it instead of the whole log.

Whatever the position: the events after it are applied on top, so that nothing is decided on a state
that is past.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from domain.memberships.snapshot import RosterSnapshot
from domain.segment_sets.snapshot import SegmentSets
from domain.segments.snapshot import SegmentSnapshot
from domain.undo.snapshot import UndoSnapshot
from domain.uploads.snapshot import UploadSnapshot


class Snapshot(
    SegmentSnapshot, SegmentSets, RosterSnapshot, UploadSnapshot, UndoSnapshot, Protocol
):
    """Answers as of one position, however many questions are asked. Each kind of command knows the
    part of it that it asks.
    """

    @property
    def position(self) -> int: ...

    @property
    def is_of_this_release(self) -> bool:
        """Whether the read model was built by this release: only then does it contain all that
        follows from the events.
        """
        ...


class Snapshots(Protocol):
    """Opens snapshots of the read model as it is now."""

    def open(self, at_least: int = 0) -> AbstractContextManager[Snapshot]:
        """Opens a snapshot for the length of a block, at that position or later. ReadModelBehind
        when the read model is not there yet.
        """
        ...
