"""The rejections of the commands on segments, in one place, so that all commands word them
alike.
"""

from __future__ import annotations

from domain.kernel.ids import SegmentId
from domain.kernel.rejections import (
    Archived,
    NotFound,
    Rejection,
    RejectionCode,
    Taken,
    VersionConflict,
)
from domain.segments.state import Segment


def no_such_segment(field: str) -> Rejection:
    """Returns the rejection of an input whose `segment` is none; `field` is the kind of identifier
    given (id or code).
    """
    return NotFound(message="There is no such segment.", path=("segment", field))


def code_taken(code: str, owner: SegmentId) -> Rejection:
    """Returns the rejection for a code that another segment has, in this or another spelling."""
    message = f"The user segment ID “{code}” is taken by another segment."
    return Taken(code=RejectionCode.CODE_TAKEN, message=message, path=("code",), held_by=owner)


def version_conflict(segment: Segment, expected: int) -> Rejection:
    """Returns the rejection for a segment that was changed since the client read it."""
    message = f"Expected version {expected}, but the segment is at version {segment.version}."
    return VersionConflict(
        message=message,
        path=("expectedVersion",),
        entity_id=segment.id,
        expected=expected,
        current=segment.version,
    )


def archived(segment: Segment) -> Rejection:
    """Returns the rejection for an archived segment, which takes no change but restore and
    delete.
    """
    message = "The segment is archived; restore it first."
    return Archived(message=message, path=("segment",), entity_id=segment.id)
