"""Restores a segment from the archive."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.segments.events import SegmentRestored
from domain.segments.segment_command import SegmentCommand
from domain.segments.state import Segment
from domain.segments.values import SegmentStatus


class RestoreSegment(SegmentCommand):
    """Records `segment.restored`; on an active segment it changes nothing."""

    NAME = "restoreUserSegment"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def change(self, segment: Segment) -> Sequence[Proposed]:
        return restoration(segment)


def restoration(segment: Segment) -> list[Proposed]:
    """Returns the event that restores a segment; none when it is active."""
    if segment.status is SegmentStatus.ACTIVE:
        return []
    return [Proposed(SegmentRestored(segment_id=segment.id, version=segment.version + 1))]
