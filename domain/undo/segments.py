"""Reverts changes of segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from domain.kernel.change import Change
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.values import code_key
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, batched_users
from domain.people.tags import user_tag
from domain.segments.events import (
    SegmentArchived,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from domain.segments.fields import FIELDS, values_of
from domain.segments.state import Segment, evolve, segment_of
from domain.segments.tags import code_tag, segment_tag
from domain.segments.values import SegmentSource
from domain.undo.affected_segments import AffectedSegments
from domain.undo.opposites import OPPOSITES, Irreversible
from domain.undo.plan import UndoPlan
from domain.undo.reasons import (
    LOST_WITH_SEGMENT,
    MEMBER_ABSENT,
    SEGMENT_CLOSED,
    SEGMENT_RESTORED,
    STATUS_CHANGED,
    code_taken,
    field_changed,
)
from domain.undo.snapshot import UndoSnapshot

_STATUS = (SegmentArchived, SegmentRestored, SegmentDeleted, SegmentReinstated)


class SegmentsUndo:
    """Reverts a batch of a command's events. Every event is reverted by itself."""

    def __init__(self, plan: UndoPlan, site: UndoSnapshot, segments: AffectedSegments) -> None:
        self._plan = plan
        self._site = site
        self._segments = segments

    def revert(self, recorded: RecordedEvent) -> None:
        """Plans the opposite of one event, or adds a conflict."""
        event = recorded.event
        segment = self._segments.find(segment_of(event))
        opposite = OPPOSITES[type(event)]
        if isinstance(opposite, Irreversible):
            self._plan.add_conflict([recorded], opposite.reason)
        else:
            self.RECORDERS[opposite](self, recorded, event, segment)

    def _delete(self, recorded: RecordedEvent, _: Event, segment: Segment) -> None:
        later = [
            *self._segments.events_since(segment.id, recorded.position),
            *self._segments.membership_events_since(segment.id, recorded.position),
        ]
        if self._plan.add_conflict(later, LOST_WITH_SEGMENT):
            return
        deleted = SegmentDeleted(
            segment_id=segment.id,
            version=segment.version + 1,
            name=segment.name,
            code=segment.code,
        )
        self._propose(segment, deleted)

    def _restore(self, event: RecordedEvent, _: Event, segment: Segment) -> None:
        if not self._status_changed(event, segment):
            restored = SegmentRestored(segment_id=segment.id, version=segment.version + 1)
            self._propose(segment, restored)

    def _archive(self, event: RecordedEvent, _: Event, segment: Segment) -> None:
        if not self._status_changed(event, segment):
            archived = SegmentArchived(segment_id=segment.id, version=segment.version + 1)
            self._propose(segment, archived)

    def _status_changed(self, recorded: RecordedEvent, segment: Segment) -> bool:
        later = self._segments.events_since(segment.id, recorded.position, *_STATUS)
        return self._plan.add_conflict(later, STATUS_CHANGED)

    def _revert_edit(self, recorded: RecordedEvent, event: SegmentEdited, segment: Segment) -> None:
        if self._plan.add_conflict(self._segments.closing_event(segment.id), SEGMENT_CLOSED):
            return
        back = {
            field: Change(before=change.after, after=change.before)
            for field, change in event.changes.items()
            if self._is_reversible(recorded, field, change.before, segment)
        }
        if back:
            version = segment.version + 1
            self._propose(segment, SegmentEdited(segment_id=segment.id, version=version, **back))

    def _is_reversible(
        self, recorded: RecordedEvent, field: str, before: Any, segment: Segment
    ) -> bool:
        again = self._segments.edits_since(segment.id, recorded.position, field)
        if self._plan.add_conflict(again, field_changed(FIELDS[field].label)):
            return False
        return field != "code" or not self._is_taken(before, segment.id)

    def _reinstate(self, recorded: RecordedEvent, _: Event, segment: Segment) -> None:
        back = self._segments.events_since(segment.id, recorded.position)
        if self._plan.add_conflict(back, SEGMENT_RESTORED):
            return
        if self._is_taken(segment.code, segment.id):
            return
        reinstated = SegmentReinstated(
            segment_id=segment.id,
            version=segment.version + 1,
            source=segment.source,
            status=segment.status,
            **values_of(segment),
        )
        self._propose(segment, reinstated)
        self._fill(segment, self._site.members_ended_by(segment.id, recorded.position))

    def _fill(self, segment: Segment, users: Sequence[str]) -> None:
        gone = self._site.absent_users(users)
        last = self._site.last_events([user_tag(user) for user in gone])
        self._plan.add_conflict(last, MEMBER_ABSENT)
        for some in batched_users([user for user in users if user not in gone]):
            added = MembersAdded(segment_id=segment.id, user_ids=some, source=SegmentSource.MANUAL)
            self._plan.propose(Proposed(added))

    def _is_taken(self, code: str | None, segment_id: str) -> bool:
        if code is None:
            return False
        key = code_key(code)
        claim, owner = self._site.code_claim(key), segment_tag(segment_id)
        return self._plan.add_claim_conflict(code_tag(key), claim, owner, code_taken(code))

    def _propose(self, segment: Segment, event: Event) -> None:
        self._plan.propose(Proposed(event))
        after = evolve(segment, event)
        if after is not None:
            self._segments.replace(after)

    RECORDERS: ClassVar[
        Mapping[type[Event], Callable[[Any, RecordedEvent, Any, Segment], None]]
    ] = {
        SegmentDeleted: _delete,
        SegmentEdited: _revert_edit,
        SegmentRestored: _restore,
        SegmentArchived: _archive,
        SegmentReinstated: _reinstate,
    }
    """Methods by the class of the opposite that they plan."""
