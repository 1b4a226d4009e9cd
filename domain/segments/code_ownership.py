"""The owner of a code: folded from the events that take and free it."""

from __future__ import annotations

from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.values import CodeKey, code_key
from domain.segments.events import (
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
)


class CodeOwnership:
    """The owner of one code, as the events tagged with it say."""

    def __init__(self, key: CodeKey) -> None:
        self.key = key
        self.owner: SegmentId | None = None

    def apply(self, event: Event) -> None:
        """Takes one event into account; those about other codes change nothing."""
        if isinstance(event, SegmentCreated | SegmentReinstated) and self._is(event.code):
            self.owner = SegmentId(event.segment_id)
        elif isinstance(event, SegmentEdited) and event.code:
            self._turn(SegmentId(event.segment_id), event.code.after)
        elif isinstance(event, SegmentDeleted):
            self._turn(SegmentId(event.segment_id), None)

    def _turn(self, segment: SegmentId, code: str | None) -> None:
        if self._is(code):
            self.owner = segment
        elif self.owner == segment:
            self.owner = None

    def _is(self, code: str | None) -> bool:
        return code is not None and code_key(code) == self.key


def taken_by(event: Event) -> str | None:
    """Returns the code that an event tagged CODES takes, as typed."""
    if isinstance(event, SegmentCreated | SegmentReinstated):
        return event.code
    if isinstance(event, SegmentEdited) and event.code is not None:
        return event.code.after
    return None
