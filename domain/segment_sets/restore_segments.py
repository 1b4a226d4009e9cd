"""Restores many segments from the archive."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.segment_sets.segments_command import SegmentsCommand
from domain.segments.restore_segment import restoration
from domain.segments.state import Segment
from domain.segments.values import SegmentStatus


class RestoreSegments(SegmentsCommand):
    """Records `segment.restored` for each that is archived; a filter means archived ones, unless
    it names a status.
    """

    NAME = "restoreUserSegments"
    PERMISSION = Permission.CHANGE_SEGMENTS
    STATUSES = frozenset({SegmentStatus.ARCHIVED})

    def change(self, segment: Segment) -> Sequence[Proposed]:
        return restoration(segment)
