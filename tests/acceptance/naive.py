"""The site as anybody would fold it from the log who has only read what the events are called."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.kernel.change import Change
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.segments.events import (
    SegmentArchived,
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)

FIELDS = ("name", "code", "description", "visible", "status", "source", "version")


@dataclass(frozen=True)
class Segment:
    """One that is on the site."""

    name: str
    code: str | None
    description: str
    visible: bool
    status: str
    source: str
    version: int
    members: frozenset[str] = frozenset()

    def told(self) -> dict[str, Any]:
        """As the API tells it."""
        return {name: getattr(self, name) for name in FIELDS} | {"memberCount": len(self.members)}


@dataclass
class NaiveSite:
    """All segments, by id."""

    segments: dict[str, Segment] = field(default_factory=dict)

    def fold(self, recorded: RecordedEvent) -> None:
        """Takes one event into account."""
        event = recorded.event
        match event:
            case SegmentCreated() | SegmentReinstated():
                self.segments[event.segment_id] = _made(event)
            case SegmentEdited():
                given = {name: getattr(event, name) for name in FIELDS[:4]}
                new = {n: c.after for n, c in given.items() if isinstance(c, Change)}
                self._change(event.segment_id, version=event.version, **new)
            case SegmentArchived():
                self._change(event.segment_id, version=event.version, status="ARCHIVED")
            case SegmentRestored():
                self._change(event.segment_id, version=event.version, status="ACTIVE")
            case SegmentDeleted():
                del self.segments[event.segment_id]
            case MembersAdded():
                members = self.segments[event.segment_id].members
                assert members.isdisjoint(event.user_ids)
                self._change(event.segment_id, members=members | set(event.user_ids))
            case MembersRemoved():
                members = self.segments[event.segment_id].members
                assert members >= set(event.user_ids)
                self._change(event.segment_id, members=members - set(event.user_ids))
            case _:
                pass

    def listed(self, search: str | None = None, status: str | None = None) -> list[dict[str, Any]]:
        """By name, then by id."""
        found = [
            {"id": identifier, **segment.told()}
            for identifier, segment in self.segments.items()
            if status in (None, segment.status)
            and (
                search is None or search in f"{segment.name}\n{segment.code}\n{segment.description}"
            )
        ]
        return sorted(found, key=lambda segment: (segment["name"], segment["id"]))

    def owner(self, code: str) -> str | None:
        """Whose code it is."""
        return next((i for i, segment in self.segments.items() if segment.code == code), None)

    def _change(self, identifier: str, **new: Any) -> None:
        self.segments[identifier] = replace(self.segments[identifier], **new)


def _made(event: SegmentCreated | SegmentReinstated) -> Segment:
    status = event.status.name if isinstance(event, SegmentReinstated) else "ACTIVE"
    return Segment(
        name=event.name,
        code=event.code,
        description=event.description,
        visible=event.visible,
        status=status,
        source=event.source.name,
        version=event.version,
    )


def position_at(moment: datetime, events: list[RecordedEvent]) -> int:
    """The greatest position up to which nothing was recorded later than a moment."""
    position = 0
    for recorded in events:
        if recorded.envelope.instant > moment:
            break
        position = recorded.position
    return position
