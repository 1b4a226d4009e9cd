"""What the events of a segment say, as types."""

from typing import Self

import strawberry

from domain.segments import events
from domain.segments.fields import values_of
from graph.objects.enums import SegmentSource, SegmentStatus
from graph.objects.event_details.field_change import FieldChange, changes_of


@strawberry.type
class _OfSegment:
    """What each of them says."""

    version: int = strawberry.field(description="The segment's own version after this event.")


@strawberry.type
class _Values(_OfSegment):
    """All values of a segment."""

    name: str = strawberry.field(description="The segment's name at this event.")
    code: str | None = strawberry.field(description="Its code at this event; null if none.")
    description: str = strawberry.field(description="Its description at this event; may be empty.")
    visible: bool = strawberry.field(description="Whether it was offered to course teachers.")
    source: SegmentSource = strawberry.field(description="How the segment came to be.")


@strawberry.type(description="Details of segment.created: the new segment's values.")
class SegmentCreatedDetails(_Values):
    @classmethod
    def of(cls, event: events.SegmentCreated) -> Self:
        """The details of that event."""
        return cls(version=event.version, source=SegmentSource(event.source), **values_of(event))


@strawberry.type(description="Details of segment.edited: the fields that changed.")
class SegmentEditedDetails(_OfSegment):
    changes: list[FieldChange] = strawberry.field(
        description="The fields that the edit changed, each with its value before and after."
    )

    @classmethod
    def of(cls, event: events.SegmentEdited) -> Self:
        """The details of that event."""
        return cls(version=event.version, changes=changes_of(event.changes))


@strawberry.type(description="Details of segment.archived: the segment was put away.")
class SegmentArchivedDetails(_OfSegment):
    @classmethod
    def of(cls, event: events.SegmentArchived) -> Self:
        """The details of that event."""
        return cls(version=event.version)


@strawberry.type(description="Details of segment.restored: it was taken out of the archive.")
class SegmentRestoredDetails(_OfSegment):
    @classmethod
    def of(cls, event: events.SegmentRestored) -> Self:
        """The details of that event."""
        return cls(version=event.version)


@strawberry.type(description="Details of segment.deleted: what the segment had at the end.")
class SegmentDeletedDetails(_OfSegment):
    name: str = strawberry.field(description="The name that the segment had at the end.")
    code: str | None = strawberry.field(description="The code that is free again; null if none.")

    @classmethod
    def of(cls, event: events.SegmentDeleted) -> Self:
        """The details of that event."""
        return cls(version=event.version, name=event.name, code=event.code)


@strawberry.type(
    description="Details of segment.reinstated: a deletion was undone; the values are as before it."
)
class SegmentReinstatedDetails(_Values):
    status: SegmentStatus = strawberry.field(description="Whether it came back archived.")

    @classmethod
    def of(cls, event: events.SegmentReinstated) -> Self:
        """The details of that event."""
        return cls(
            version=event.version,
            source=SegmentSource(event.source),
            status=SegmentStatus(event.status),
            **values_of(event),
        )
