"""Take a segment off the site, archived or not. Its code is free again; its history stays."""

from __future__ import annotations

from domain.kernel.refusals import Refused
from domain.kernel.values import Reason
from domain.policy import Permission
from domain.segments.code_register import tags_of_freeing
from domain.segments.events import SegmentDeleted
from domain.segments.refusals import reason_required
from domain.segments.segment_command import SegmentCommand, SegmentRef
from domain.segments.state import Segment, segment_tag


class DeleteSegment(SegmentCommand):
    """Records `segment.deleted`. Asks for a reason (BEHAVIOUR.md, "Audit")."""

    NAME = "deleteUserSegment"
    PERMISSION = Permission.DELETE_SEGMENTS

    def __init__(
        self, ref: SegmentRef, reason: Reason | None, expected_version: int | None = None
    ) -> None:
        super().__init__(ref, expected_version)
        self.reason = reason

    def execute(self) -> None:
        if self.reason is None:
            raise Refused(reason_required())
        super().execute()

    def decide(self, segment: Segment) -> None:
        self.trigger_event(
            SegmentDeleted,
            [segment_tag(segment.id), *tags_of_freeing(segment.code)],
            segment_id=segment.id,
            version=segment.version + 1,
            name=segment.name,
            code=segment.code,
        )
