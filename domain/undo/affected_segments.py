"""The segments that a command's events are about: their present state, planned events included, and
later events about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.kernel.event import Event
from domain.log import RecordedEvent
from domain.memberships.events import MEMBERSHIP_EVENTS
from domain.memberships.tags import roster_tag
from domain.segments.events import SEGMENT_EVENTS, SegmentArchived, SegmentDeleted
from domain.segments.state import Segment, segment_of
from domain.segments.tags import segment_tag
from domain.segments.values import SegmentStatus
from domain.undo.plan import UndoPlan
from domain.undo.segment_history import CurrentSegment
from domain.undo.snapshot import UndoSnapshot


class AffectedSegments:
    """The segments of a batch of events about segments and rosters. The plan relies on them."""

    def __init__(self, plan: UndoPlan, site: UndoSnapshot, command_id: str) -> None:
        self._plan = plan
        self._site = site
        self._command_id = command_id
        self._now: dict[str, CurrentSegment] = {}
        self._states: dict[str, Segment] = {}
        self._created: set[str] | None = None

    def load(self, events: Sequence[RecordedEvent]) -> None:
        """Loads the later events about the segments of these events."""
        ids = {segment_of(recorded.event) for recorded in events} - {""}
        self._now = dict(self._site.current_segments(ids)) if ids else {}
        for segment in ids:
            self._plan.watched_tags.add(segment_tag(segment))
            self._plan.watched_rosters.add(roster_tag(segment))
            self._states.setdefault(segment, self._now[segment].segment)
        created = [segment for segment in ids if self.is_created_by_command(segment)]
        self._plan.watched_tags.update(roster_tag(segment) for segment in created)

    def closing_event(self, segment_id: str) -> list[RecordedEvent]:
        """Returns the event that deleted or archived a segment; none while it takes changes."""
        segment = self._states[segment_id]
        is_archived = segment.status is SegmentStatus.ARCHIVED
        if not (segment.deleted or is_archived):
            return []
        kind = SegmentDeleted if segment.deleted else SegmentArchived
        last = self._site.last_event_of(segment_id, kind)
        return [] if last is None else [last]

    def is_created_by_command(self, segment_id: str) -> bool:
        """Whether this command created a segment, or brought it back."""
        if self._created is None:
            self._created = self._site.segments_created_by(self._command_id)
        return segment_id in self._created

    def membership_changes_since(
        self, segment_id: str, position: int, users: Sequence[str]
    ) -> Mapping[str, int]:
        """Maps those of the users about whom another command's event on the segment's roster came
        after a position to the position of the first one.
        """
        if self._now[segment_id].last_membership_change <= position:
            return {}
        return self._site.first_membership_changes(segment_id, users, position, self._command_id)

    def deletions_since(self, segment_id: str, position: int) -> list[RecordedEvent]:
        """Returns the events by which other commands deleted a segment after a position, even if it
        is back.
        """
        return self.events_since(segment_id, position, SegmentDeleted)

    def find(self, segment_id: str) -> Segment:
        """Returns the present state of a segment."""
        return self._states[segment_id]

    def replace(self, segment: Segment) -> None:
        """Replaces the state of a segment."""
        self._states[segment.id] = segment

    def events_since(
        self, segment_id: str, position: int, *kinds: type[Event]
    ) -> list[RecordedEvent]:
        """Returns other commands' events about a segment after a position; of some kinds, if any
        are named.
        """
        if self._now[segment_id].last_event <= position:
            return []
        but = self._command_id
        return list(self._site.events_since(segment_id, position, but, kinds or SEGMENT_EVENTS))

    def edits_since(self, segment_id: str, position: int, field: str) -> list[RecordedEvent]:
        """Returns those that changed a field."""
        if self._now[segment_id].last_event <= position:
            return []
        return list(self._site.edits_since(segment_id, position, self._command_id, field))

    def membership_events_since(self, segment_id: str, position: int) -> Sequence[RecordedEvent]:
        """Returns those about its roster."""
        if self._now[segment_id].last_membership_change <= position:
            return []
        return self._site.events_since(segment_id, position, self._command_id, MEMBERSHIP_EVENTS)
