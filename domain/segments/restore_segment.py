"""Take a segment out of the archive."""

from __future__ import annotations

from domain.policy import Permission
from domain.segments.events import SegmentRestored
from domain.segments.segment_command import SegmentCommand
from domain.segments.state import Segment, segment_tag
from domain.segments.values import SegmentStatus


class RestoreSegment(SegmentCommand):
    """Records `segment.restored`; on an active segment it changes nothing."""

    NAME = "restoreUserSegment"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def decide(self, segment: Segment) -> None:
        if segment.status is SegmentStatus.ACTIVE:
            return
        self.trigger_event(
            SegmentRestored,
            [segment_tag(segment.id)],
            segment_id=segment.id,
            version=segment.version + 1,
        )
