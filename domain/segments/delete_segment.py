"""Take a segment off the site, archived or not. Its code is free again; its history stays."""

from __future__ import annotations

from collections.abc import Sequence

from domain.kernel.proposed import Proposed
from domain.kernel.refusals import Refused
from domain.kernel.values import Reason
from domain.policy import Permission
from domain.segments.events import SegmentDeleted
from domain.segments.refusals import reason_required
from domain.segments.segment_command import SegmentCommand, SegmentRef
from domain.segments.state import Segment


class DeleteSegment(SegmentCommand):
    """Records `segment.deleted`. Asks for a reason (BEHAVIOUR.md, "Audit")."""

    NAME = "deleteUserSegment"
    PERMISSION = Permission.DELETE_SEGMENTS

    def __init__(
        self, ref: SegmentRef, reason: Reason | None, expected_version: int | None = None
    ) -> None:
        super().__init__(ref, expected_version)
        self.reason = reason

    def decide(self) -> Sequence[Proposed]:
        if self.reason is None:
            raise Refused(reason_required())
        return super().decide()

    def change(self, segment: Segment) -> Sequence[Proposed]:
        deleted = SegmentDeleted(
            segment_id=segment.id,
            version=segment.version + 1,
            name=segment.name,
            code=segment.code,
        )
        return [Proposed(deleted)]
