"""Archives a segment: members and history stay, changes are rejected until it is restored."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.segments.events import SegmentArchived
from domain.segments.segment_command import SegmentCommand
from domain.segments.state import Segment
from domain.segments.values import SegmentStatus


class ArchiveSegment(SegmentCommand):
    """Records `segment.archived`; on an archived segment it changes nothing."""

    NAME = "archiveUserSegment"
    PERMISSION = Permission.CHANGE_SEGMENTS

    def change(self, segment: Segment) -> Sequence[Proposed]:
        return archival(segment)


def archival(segment: Segment) -> list[Proposed]:
    """Returns the event that archives a segment; none when it is archived."""
    if segment.status is SegmentStatus.ARCHIVED:
        return []
    return [Proposed(SegmentArchived(segment_id=segment.id, version=segment.version + 1))]
