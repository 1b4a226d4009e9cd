"""Facts about rosters to memberships, with the positions between which each held, and to counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from domain.log import Recorded
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.segments.events import SegmentCreated, SegmentDeleted, SegmentReinstated
from projections.engine.fold import SegmentNumbers, UserNumbers
from projections.memberships.member_count_rows import Rosters
from projections.memberships.membership_changes import Pending
from projections.memberships.tables import Change, MembershipTables, change_of

_OWN = (MembersAdded, MembersRemoved, SegmentCreated, SegmentDeleted, SegmentReinstated)


class MembershipsFold:
    """Facts are exact, so nothing is looked up but counts; what is not so is found in writing, and
    is then taken for what of it fits (fitting.py).
    """

    def __init__(self, segments: SegmentNumbers, people: UserNumbers) -> None:
        self._segments = segments
        self._people = people
        self._pending = Pending()
        self._rosters = Rosters()
        self._changes: list[Change] = []

    def load(self, cursor: Cursor[Any], facts: Sequence[Recorded]) -> None:
        numbers = {self._segments.number_of(f.event) for f in facts if isinstance(f.event, _OWN)}
        known = [number for number in numbers if number is not None]
        self._rosters.load(cursor, known)
        self._pending.load(MembershipTables(cursor).deleted(known))

    def fold(self, fact: Recorded) -> None:
        event, position = fact.event, fact.position
        if not isinstance(event, _OWN):
            return
        segment = self._segments.number_of(event)
        if segment is None:
            raise ValueError(f"{event.TOPIC} at {position} is about no segment that ever was")
        if isinstance(event, SegmentCreated):
            self._rosters.begin(segment, position)
        elif isinstance(event, SegmentReinstated):
            self._pending.begin_again(segment)
            self._rosters.begin(segment, position)
        elif isinstance(event, SegmentDeleted):
            self._pending.end(segment, position)
            self._rosters.end(segment, position)
        else:
            self._change(event, segment, fact)

    def write(self, cursor: Cursor[Any]) -> None:
        tables = MembershipTables(cursor)
        tables.write(self._pending)
        tables.add_changes(self._changes)
        self._rosters.write(cursor)

    def _change(self, event: MembersAdded | MembersRemoved, segment: int, fact: Recorded) -> None:
        members = self._people.numbers_of(event.user_ids)
        if isinstance(event, MembersAdded):
            self._pending.come(segment, members, fact.position)
            self._rosters.change(segment, len(members), fact.position)
            self._changes.append(change_of(fact, segment, event.source.value))
        else:
            self._pending.go(segment, members, fact.position)
            self._rosters.change(segment, -len(members), fact.position)
            self._changes.append(change_of(fact, segment, None))
