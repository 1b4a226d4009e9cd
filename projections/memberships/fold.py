"""Folds events about rosters into memberships, with the positions between which each held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.segments.events import SegmentCreated, SegmentDeleted, SegmentReinstated
from projections.engine.fold import SegmentNumbers, UserNumbers
from projections.memberships.member_count_rows import MemberCountRows
from projections.memberships.membership_changes import MembershipChanges
from projections.memberships.tables import MembershipChangeRow, MembershipTables, change_of

_OWN = (MembersAdded, MembersRemoved, SegmentCreated, SegmentDeleted, SegmentReinstated)


class MembershipsFold:
    """Folds memberships. Events are exact, so nothing is looked up but counts; what is not so is
    found in writing, and is then applied as far as it can be (effective_event.py).
    """

    def __init__(self, segments: SegmentNumbers, people: UserNumbers) -> None:
        self._segments = segments
        self._people = people
        self._pending = MembershipChanges()
        self._rosters = MemberCountRows()
        self._changes: list[MembershipChangeRow] = []

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        numbers = {self._segments.number_of(f.event) for f in events if isinstance(f.event, _OWN)}
        known = [number for number in numbers if number is not None]
        self._rosters.load(cursor, known)
        self._pending.load(MembershipTables(cursor).deleted(known))

    def fold(self, recorded: RecordedEvent) -> None:
        event, position = recorded.event, recorded.position
        if not isinstance(event, _OWN):
            return
        segment = self._segments.number_of(event)
        if segment is None:
            raise ValueError(f"{event.TOPIC} at {position} is about no segment that ever was")
        if isinstance(event, SegmentCreated):
            self._rosters.begin(segment, position)
        elif isinstance(event, SegmentReinstated):
            self._pending.reopen(segment)
            self._rosters.begin(segment, position)
        elif isinstance(event, SegmentDeleted):
            self._pending.end(segment, position)
            self._rosters.end(segment, position)
        else:
            self._change(event, segment, recorded)

    def write(self, cursor: Cursor[Any]) -> None:
        tables = MembershipTables(cursor)
        tables.write(self._pending)
        tables.add_changes(self._changes)
        self._rosters.write(cursor)

    def _change(
        self, event: MembersAdded | MembersRemoved, segment: int, recorded: RecordedEvent
    ) -> None:
        members = self._people.numbers_of(event.user_ids)
        if isinstance(event, MembersAdded):
            self._pending.add(segment, members, recorded.position)
            self._rosters.change(segment, len(members), recorded.position)
            self._changes.append(change_of(recorded, segment, event.source.value))
        else:
            self._pending.remove(segment, members, recorded.position)
            self._rosters.change(segment, -len(members), recorded.position)
            self._changes.append(change_of(recorded, segment, None))
