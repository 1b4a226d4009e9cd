"""Edits many segments: gives all of them the same value of a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.segment_sets.segments_command import SegmentsCommand, SegmentSet
from domain.segments.state import Segment
from domain.segments.update_segment import SegmentChanges, edit_of
from domain.segments.values import SegmentStatus

SHARED = ("visible",)
"""The fields that many segments can be given at once: a name or a code is one's own."""


class UpdateSegments(SegmentsCommand):
    """Records `segment.edited` for each of which a given field differs. An archived segment takes
    no change.
    """

    NAME = "updateUserSegments"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def __init__(
        self, segments: SegmentSet, edit: SegmentChanges, plan_hash: str | None = None
    ) -> None:
        super().__init__(segments, plan_hash)
        self.edit = edit

    def _asked(self) -> dict[str, Any]:
        return {**super()._asked(), "fields": dict(self.edit.fields)}

    def change(self, segment: Segment) -> Sequence[Proposed]:
        return [] if segment.status is SegmentStatus.ARCHIVED else edit_of(segment, self.edit)
