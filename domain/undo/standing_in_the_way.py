"""What the story of a segment comes to, and which fact it was that closed it to changes."""

from __future__ import annotations

from collections.abc import Sequence

from domain.log import Recorded
from domain.segments.events import SegmentArchived, SegmentDeleted
from domain.segments.state import Segment, evolve
from domain.segments.values import SegmentStatus


def told_by(story: Sequence[Recorded]) -> Segment:
    """The segment as its own facts, oldest first, leave it. LookupError when there are none."""
    segment: Segment | None = None
    for fact in story:
        segment = evolve(segment, fact.event)
    if segment is None:
        raise LookupError("a segment without a story")
    return segment


def closed_by(story: Sequence[Recorded], segment: Segment) -> list[Recorded]:
    """The fact that deleted or archived the segment; none while it takes changes."""
    if segment.deleted:
        return [_last(story, SegmentDeleted)]
    if segment.status is SegmentStatus.ARCHIVED:
        return [_last(story, SegmentArchived)]
    return []


def _last(story: Sequence[Recorded], kind: type[SegmentArchived | SegmentDeleted]) -> Recorded:
    return next(fact for fact in reversed(story) if isinstance(fact.event, kind))
