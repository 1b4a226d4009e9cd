"""The state of a segment, folded from its events: `evolve` alone defines what each event does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from domain.segments.fields import SegmentFields, values_of
from domain.segments.values import SegmentSource, SegmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(SegmentFields):
    """The state of one segment in the log at one position."""

    id: SegmentId
    version: int
    source: SegmentSource
    status: SegmentStatus = SegmentStatus.ACTIVE
    deleted: bool = False


def evolve(segment: Segment | None, event: Event) -> Segment | None:
    """Returns `segment` after one more of its own events; None before its first.

    One that is not on the site may be None, too: the event that brings it back has all of it.
    """
    if isinstance(event, SegmentCreated):
        return _begun(event)
    if isinstance(event, SegmentReinstated):
        return replace(_begun(event), status=event.status)
    if segment is None:
        return None
    if isinstance(event, SegmentEdited):
        return _edited(segment, event)
    if isinstance(event, SegmentArchived):
        return replace(segment, version=event.version, status=SegmentStatus.ARCHIVED)
    if isinstance(event, SegmentRestored):
        return replace(segment, version=event.version, status=SegmentStatus.ACTIVE)
    if isinstance(event, SegmentDeleted):
        return replace(segment, version=event.version, deleted=True)
    return segment


def _begun(event: SegmentCreated | SegmentReinstated) -> Segment:
    return Segment(
        id=SegmentId(event.segment_id),
        version=event.version,
        source=event.source,
        **values_of(event),
    )


def _edited(segment: Segment, event: SegmentEdited) -> Segment:
    return replace(segment, version=event.version, **event.afters)


def segment_of(event: Event) -> str:
    """Returns the id of the segment that an event is about; empty when it is about something
    else.
    """
    return getattr(event, "segment_id", "")
