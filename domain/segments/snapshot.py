"""The questions that commands on segments ask the read model, instead of folding every event
themselves.
"""

from __future__ import annotations

from typing import Protocol

from domain.kernel.ids import SegmentId
from domain.kernel.values import CodeKey
from domain.segments.state import Segment


class SegmentSnapshot(Protocol):
    """The segments as of one position."""

    def segment(self, segment_id: str) -> Segment | None:
        """Returns a segment; None when it is not on the site."""
        ...

    def code_owner(self, key: CodeKey) -> SegmentId | None:
        """Returns the owner of a code."""
        ...
