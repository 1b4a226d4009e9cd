"""The questions that commands on many segments ask the read model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from domain.kernel.values import CodeKey
from domain.segment_sets.segment_filter import SegmentFilter
from domain.segments.state import Segment


class SegmentSets(Protocol):
    """Many segments at once, as of one position."""

    @property
    def position(self) -> int: ...

    def segments_by_id(self, ids: Collection[str]) -> dict[str, Segment]:
        """Returns those of the segments that are on the site, by their ids."""
        ...

    def segments_by_code(self, keys: Collection[CodeKey]) -> dict[CodeKey, Segment]:
        """Returns the owners of codes, by the keys."""
        ...

    def segments_in(self, wanted: SegmentFilter, most: int) -> Sequence[Segment]:
        """Returns the segments that the list shows under a filter, in the order of their ids: at
        most `most` of them.
        """
        ...
