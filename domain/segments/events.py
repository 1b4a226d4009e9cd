"""The events of a segment.

    segment.created  ─► segment.edited* ─► segment.archived ⇄ segment.restored ─► segment.deleted
                                                             segment.reinstated ◄──┘

`version` is the segment's own version after the event: 1 at its creation, one more each time.
"""

from __future__ import annotations

from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.segments.fields import values_of
from domain.segments.tags import (
    code_change_tags,
    code_freed_tags,
    code_taken_tags,
    segment_tag,
)
from domain.segments.values import SegmentSource, SegmentStatus


class SegmentCreated(Event, frozen=True, kw_only=True):
    """A segment came to be."""

    TOPIC = "segment.created"
    segment_id: str
    version: int
    name: str
    code: str | None
    description: str
    visible: bool
    source: SegmentSource

    def tags(self) -> list[str]:
        return [segment_tag(self.segment_id), *code_taken_tags(self.code)]


class SegmentEdited(Event, frozen=True, kw_only=True):
    """Some of its fields changed; a field that did not change is null."""

    TOPIC = "segment.edited"
    segment_id: str
    version: int
    name: Change[str] | None = None
    code: Change[str | None] | None = None
    description: Change[str] | None = None
    visible: Change[bool] | None = None

    def tags(self) -> list[str]:
        return [segment_tag(self.segment_id), *code_change_tags(self.code)]

    @property
    def changes(self) -> dict[str, Change[Any]]:
        """The fields that changed, by their Python names."""
        return {name: change for name, change in values_of(self).items() if change is not None}

    @property
    def afters(self) -> dict[str, Any]:
        """The new values of those fields."""
        found = values_of(self).items()
        return {name: change.after for name, change in found if change is not None}


class SegmentArchived(Event, frozen=True, kw_only=True):
    """It was put away: off the default list, and closed to changes."""

    TOPIC = "segment.archived"
    segment_id: str
    version: int

    def tags(self) -> list[str]:
        return [segment_tag(self.segment_id)]


class SegmentRestored(Event, frozen=True, kw_only=True):
    """It was taken out of the archive."""

    TOPIC = "segment.restored"
    segment_id: str
    version: int

    def tags(self) -> list[str]:
        return [segment_tag(self.segment_id)]


class SegmentDeleted(Event, frozen=True, kw_only=True):
    """It left the site; its code is free again. `name` and `code` are what it had at the end."""

    TOPIC = "segment.deleted"
    segment_id: str
    version: int
    name: str
    code: str | None

    def tags(self) -> list[str]:
        return [segment_tag(self.segment_id), *code_freed_tags(self.code)]


class SegmentReinstated(Event, frozen=True, kw_only=True):
    """Its deletion was taken back: it is on the site again, as it was. Memberships that ended with
    it begin anew by events of their own.
    """

    TOPIC = "segment.reinstated"
    segment_id: str
    version: int
    name: str
    code: str | None
    description: str
    visible: bool
    source: SegmentSource
    status: SegmentStatus

    def tags(self) -> list[str]:
        return [segment_tag(self.segment_id), *code_taken_tags(self.code)]


SEGMENT_EVENTS: tuple[type[Event], ...] = (
    SegmentCreated,
    SegmentEdited,
    SegmentArchived,
    SegmentRestored,
    SegmentDeleted,
    SegmentReinstated,
)
