"""Archives many segments."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.segment_sets.segments_command import SegmentsCommand
from domain.segments.archive_segment import archival
from domain.segments.state import Segment


class ArchiveSegments(SegmentsCommand):
    """Records `segment.archived` for each that is active."""

    NAME = "archiveUserSegments"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def change(self, segment: Segment) -> Sequence[Proposed]:
        return archival(segment)
