"""What segments refuse, in one place, so that every command words it alike."""

from __future__ import annotations

from domain.kernel.ids import SegmentId
from domain.kernel.rejections import (
    GenericRejection,
    NotFound,
    Rejection,
    RejectionCode,
    Taken,
    VersionConflict,
)
from domain.segments.state import Segment


def no_such_segment(field: str) -> Rejection:
    """The input's `segment` names none; `field` is how it named it (id or code)."""
    return NotFound(message="There is no such segment.", path=("segment", field))


def code_taken(code: str, owner: SegmentId) -> Rejection:
    """Another segment holds the code, in this or another spelling."""
    message = f"The user segment ID “{code}” is taken by another segment."
    return Taken(code=RejectionCode.CODE_TAKEN, message=message, path=("code",), held_by=owner)


def version_conflict(segment: Segment, expected: int) -> Rejection:
    """Somebody changed the segment since the client looked at it."""
    message = f"Expected version {expected}, but the segment is at version {segment.version}."
    return VersionConflict(
        message=message,
        path=("expectedVersion",),
        entity_id=segment.id,
        expected=expected,
        current=segment.version,
    )


def archived() -> Rejection:
    """An archived segment takes no change but restore and delete."""
    message = "The segment is archived; restore it first."
    return GenericRejection(code=RejectionCode.ARCHIVED, message=message, path=("segment",))
