"""The plan of a command on many segments: what it changes, what it leaves, and its hash."""

from __future__ import annotations

from collections.abc import Iterable

from domain.kernel.commands.plan_hash import PlanHash
from domain.kernel.commands.proposed import Proposed
from domain.kernel.ids import SegmentId
from domain.kernel.rejections import Rejection
from domain.segments.state import Segment

SAMPLE_SIZE = 10
"""Segments that are named of those that change, and of those that do not."""


class SegmentsPlan:
    """Grows segment by segment. `rejections` say why it cannot be carried out."""

    def __init__(self, basis: str, position: int = 0) -> None:
        self._hash = PlanHash(basis)
        self.position = position
        """The position of the read model that it was made on."""
        self.proposed: list[Proposed] = []
        self.unchanged = 0
        self.rejections: list[Rejection] = []
        self.watched: set[str] = set()
        """The tags of the events that would change a decision."""
        self._samples: tuple[list[SegmentId], list[SegmentId]] = ([], [])

    def add(self, segment: Segment, proposed: Iterable[Proposed]) -> None:
        """Adds a segment with the events to be recorded about it: none when it is so already."""
        before = len(self.proposed)
        self.proposed += proposed
        changes = len(self.proposed) > before
        self.unchanged += not changes
        self._hash.add(segment.id, changes)
        sample = self._samples[not changes]
        if len(sample) < SAMPLE_SIZE:
            sample.append(segment.id)

    @property
    def changed(self) -> int:
        """The number of segments that it changes: an event each."""
        return len(self.proposed)

    @property
    def sample(self) -> list[SegmentId]:
        """The ids of some segments that it changes, and of some that it does not."""
        changed, unchanged = self._samples
        return [*changed, *unchanged]

    @property
    def hash(self) -> str:
        """The API's planHash. It ends in the number of unchanged segments, which no event has: a
        commit that is repeated tells it again.
        """
        return f"{self._hash}-{self.unchanged}"


def unchanged_of(plan_hash: str) -> int:
    """Returns the number of unchanged segments in the hash of a plan that was carried out."""
    return int(plan_hash.rpartition("-")[2])
