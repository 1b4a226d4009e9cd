"""Deletes many segments, archived or not."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.segment_sets.segments_command import SegmentsCommand
from domain.segments.delete_segment import deletion
from domain.segments.state import Segment


class DeleteSegments(SegmentsCommand):
    """Records `segment.deleted` for each."""

    NAME = "deleteUserSegments"
    PERMISSION = Permission.DELETE_SEGMENTS
    REASON_REQUIRED = True

    def change(self, segment: Segment) -> Sequence[Proposed]:
        return deletion(segment)
