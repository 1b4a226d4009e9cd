"""Deletes a segment, archived or not. Its code is free again; its history stays."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission
from domain.segments.events import SegmentDeleted
from domain.segments.segment_command import SegmentCommand
from domain.segments.state import Segment


class DeleteSegment(SegmentCommand):
    """Records `segment.deleted`."""

    NAME = "deleteUserSegment"
    PERMISSION = Permission.DELETE_SEGMENTS
    REASON_REQUIRED = True

    def change(self, segment: Segment) -> Sequence[Proposed]:
        return deletion(segment)


def deletion(segment: Segment) -> list[Proposed]:
    """Returns the event that deletes a segment."""
    deleted = SegmentDeleted(
        segment_id=segment.id,
        version=segment.version + 1,
        name=segment.name,
        code=segment.code,
    )
    return [Proposed(deleted)]
