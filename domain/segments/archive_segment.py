"""Put a segment away: members and history stay, changes wait until it is restored."""

from __future__ import annotations

from domain.policy import Permission
from domain.segments.events import SegmentArchived
from domain.segments.segment_command import SegmentCommand
from domain.segments.state import Segment, segment_tag
from domain.segments.values import SegmentStatus


class ArchiveSegment(SegmentCommand):
    """Records `segment.archived`; on an archived segment it changes nothing."""

    NAME = "archiveUserSegment"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def decide(self, segment: Segment) -> None:
        if segment.status is SegmentStatus.ARCHIVED:
            return
        self.trigger_event(
            SegmentArchived,
            [segment_tag(segment.id)],
            segment_id=segment.id,
            version=segment.version + 1,
        )
