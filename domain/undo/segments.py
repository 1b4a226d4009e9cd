"""Taking back what was done to segments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.proposed import Proposed
from domain.kernel.values import code_key
from domain.log import Recorded
from domain.memberships.events import MEMBERSHIP_EVENTS, MembersAdded, in_facts
from domain.memberships.tags import roster_tag
from domain.people.tags import user_tag
from domain.segments.events import (
    SEGMENT_EVENTS,
    SegmentArchived,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
    SegmentRestored,
)
from domain.segments.state import Segment, evolve, segment_of
from domain.segments.tags import code_tag, segment_tag
from domain.segments.values import SegmentSource, SegmentStatus
from domain.undo.opposites import OPPOSITES, Irreversible
from domain.undo.plan import UndoPlan
from domain.undo.reasons import (
    FIELD_LABELS,
    LOST_WITH_SEGMENT,
    MEMBER_ABSENT,
    SEGMENT_CLOSED,
    SEGMENT_RESTORED,
    STATUS_CHANGED,
    code_taken,
    field_changed,
)
from domain.undo.segment_history import CurrentSegment
from domain.undo.snapshot import UndoSnapshot

_STATUS = (SegmentArchived, SegmentRestored, SegmentDeleted, SegmentReinstated)


class SegmentsUndo:
    """For some of a command's facts at a time. Every fact is taken back by itself."""

    def __init__(self, plan: UndoPlan, site: UndoSnapshot, command_id: str) -> None:
        self._plan = plan
        self._site = site
        self._command_id = command_id
        self._now: dict[str, CurrentSegment] = {}
        self._states: dict[str, Segment] = {}
        self._begun: set[str] | None = None

    def load(self, facts: Sequence[Recorded]) -> None:
        """Learns what became of the segments that the facts are about."""
        ids = {segment_of(fact.event) for fact in facts} - {""}
        self._now = dict(self._site.current_segments(ids)) if ids else {}
        for segment in ids:
            self._plan.watched_tags.add(segment_tag(segment))
            self._plan.watched_rosters.add(roster_tag(segment))
            self._states.setdefault(segment, self._now[segment].segment)
        begun = [segment for segment in ids if self.is_created_by_command(segment)]
        self._plan.watched_tags.update(roster_tag(segment) for segment in begun)

    def closing_event(self, segment_id: str) -> list[Recorded]:
        """The fact that deleted or archived a segment; none while it takes changes."""
        segment = self._states[segment_id]
        is_archived = segment.status is SegmentStatus.ARCHIVED
        if not (segment.deleted or is_archived):
            return []
        kind = SegmentDeleted if segment.deleted else SegmentArchived
        last = self._site.last_event_of(segment_id, kind)
        return [] if last is None else [last]

    def is_created_by_command(self, segment_id: str) -> bool:
        """Whether it was this command that created a segment, or brought it back."""
        if self._begun is None:
            self._begun = self._site.segments_created_by(self._command_id)
        return segment_id in self._begun

    def membership_changes_since(
        self, segment_id: str, position: int, users: Sequence[str]
    ) -> Mapping[str, int]:
        """For whom of the users another command's fact about the segment's roster came after a
        position: where the first one is.
        """
        if self._now[segment_id].last_membership_change <= position:
            return {}
        return self._site.first_membership_changes(segment_id, users, position, self._command_id)

    def deletions_since(self, segment_id: str, position: int) -> list[Recorded]:
        """Where other commands deleted a segment after a position, be it that it is back."""
        return self._since(segment_id, position, SegmentDeleted)

    def revert(self, fact: Recorded) -> None:
        """Plans the opposite of one fact, or says what stands in its way."""
        event = fact.event
        segment = self._states[segment_of(event)]
        opposite = OPPOSITES[type(event)]
        if isinstance(opposite, Irreversible):
            self._plan.add_conflict([fact], opposite.reason)
        else:
            self.RECORDERS[opposite](self, fact, event, segment)

    def _delete(self, fact: Recorded, _: Event, segment: Segment) -> None:
        later = [
            *self._since(segment.id, fact.position),
            *self._membership_changes(segment.id, fact.position),
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

    def _restore(self, fact: Recorded, _: Event, segment: Segment) -> None:
        if not self._status_changed(fact, segment):
            restored = SegmentRestored(segment_id=segment.id, version=segment.version + 1)
            self._propose(segment, restored)

    def _archive(self, fact: Recorded, _: Event, segment: Segment) -> None:
        if not self._status_changed(fact, segment):
            archived = SegmentArchived(segment_id=segment.id, version=segment.version + 1)
            self._propose(segment, archived)

    def _status_changed(self, fact: Recorded, segment: Segment) -> bool:
        later = self._since(segment.id, fact.position, *_STATUS)
        return self._plan.add_conflict(later, STATUS_CHANGED)

    def _revert_edit(self, fact: Recorded, event: SegmentEdited, segment: Segment) -> None:
        if self._plan.add_conflict(self.closing_event(segment.id), SEGMENT_CLOSED):
            return
        back = {
            field: Change(before=change.after, after=change.before)
            for field, change in event.changes.items()
            if self._is_reversible(fact, field, change.before, segment)
        }
        if back:
            version = segment.version + 1
            self._propose(segment, SegmentEdited(segment_id=segment.id, version=version, **back))

    def _is_reversible(self, fact: Recorded, field: str, before: Any, segment: Segment) -> bool:
        again = self._edits_since(segment.id, fact.position, field)
        if self._plan.add_conflict(again, field_changed(FIELD_LABELS[field])):
            return False
        return field != "code" or not self._is_taken(before, segment.id)

    def _reinstate(self, fact: Recorded, _: Event, segment: Segment) -> None:
        back = self._since(segment.id, fact.position)
        if self._plan.add_conflict(back, SEGMENT_RESTORED):
            return
        if self._is_taken(segment.code, segment.id):
            return
        reinstated = SegmentReinstated(
            segment_id=segment.id,
            version=segment.version + 1,
            name=segment.name,
            code=segment.code,
            description=segment.description,
            visible=segment.visible,
            source=segment.source,
            status=segment.status,
        )
        self._propose(segment, reinstated)
        self._fill(segment, self._site.members_ended_by(segment.id, fact.position))

    def _fill(self, segment: Segment, users: Sequence[str]) -> None:
        gone = self._site.absent_users(users)
        last = self._site.last_events([user_tag(user) for user in gone])
        self._plan.add_conflict(last, MEMBER_ABSENT)
        for some in in_facts([user for user in users if user not in gone]):
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
            self._states[segment.id] = after

    def _since(self, segment_id: str, position: int, *kinds: type[Event]) -> list[Recorded]:
        if self._now[segment_id].last_event <= position:
            return []
        but = self._command_id
        return list(self._site.events_since(segment_id, position, but, kinds or SEGMENT_EVENTS))

    def _edits_since(self, segment_id: str, position: int, field: str) -> list[Recorded]:
        if self._now[segment_id].last_event <= position:
            return []
        return list(self._site.edits_since(segment_id, position, self._command_id, field))

    def _membership_changes(self, segment_id: str, position: int) -> Sequence[Recorded]:
        if self._now[segment_id].last_membership_change <= position:
            return []
        return self._site.events_since(segment_id, position, self._command_id, MEMBERSHIP_EVENTS)

    RECORDERS: ClassVar[Mapping[type[Event], Callable[[Any, Recorded, Any, Segment], None]]] = {
        SegmentDeleted: _delete,
        SegmentEdited: _revert_edit,
        SegmentRestored: _restore,
        SegmentArchived: _archive,
        SegmentReinstated: _reinstate,
    }
    """By the class of the opposite that they plan."""
