"""The fold's hands on the tables of memberships: ended in sets, begun by COPY."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor

from domain.log import Recorded
from projections.engine.copying import array, copy_numbers, copy_rows
from projections.memberships.pending import Pending

_LEAVE = """
    WITH gone AS (
        DELETE FROM members m
        USING unnest(%s::integer[], %s::integer[], %s::bigint[]) AS w (segment, member, position)
        WHERE m.segment = w.segment AND m.member = w.member
        RETURNING m.segment, m.member, m.from_position, w.position
    )
    INSERT INTO past_memberships (segment, member, from_position, to_position) SELECT * FROM gone
"""
_END = """
    WITH gone AS (
        DELETE FROM members m
        USING unnest(%s::integer[], %s::bigint[]) AS w (segment, position)
        WHERE m.segment = w.segment
        RETURNING m.segment, m.member, m.from_position, w.position
    )
    INSERT INTO past_memberships (segment, member, from_position, to_position) SELECT * FROM gone
"""
_COPY = "COPY members (segment, member, from_position) FROM STDIN"
_COPY_PAST = "COPY past_memberships (segment, member, from_position, to_position) FROM STDIN"
_COPY_CHANGES = "COPY roster_changes (position, segment, recorded_at, actor, source) FROM STDIN"

Change = tuple[int, int, str, str, str | None]
"""A row of `roster_changes`."""


class MembershipTables:
    """Rows in and out, within the projector's transaction."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor

    def write(self, pending: Pending) -> None:
        """All that a batch did. ValueError when somebody left who was not there."""
        self._end_memberships(pending)
        copy_numbers(self._cursor, _COPY_PAST, pending.past, 4)
        copy_numbers(self._cursor, _COPY, pending.all_begun(), 3)

    def add_changes(self, changes: list[Change]) -> None:
        """Tells of the facts themselves."""
        copy_rows(self._cursor, _COPY_CHANGES, changes)

    def _end_memberships(self, pending: Pending) -> None:
        left = pending.all_left()
        if left:
            columns = [array(column) for column in zip(*left, strict=True)]
            if self._cursor.execute(_LEAVE, columns).rowcount != len(left):
                raise ValueError("somebody leaves a segment who is not there")
        if pending.ended:
            ends = [array(pending.ended), array(pending.ended.values())]
            self._cursor.execute(_END, ends)


def change_of(fact: Recorded, segment: int, source: str | None) -> Change:
    """What is kept of a fact about a roster."""
    envelope = fact.envelope
    return fact.position, segment, envelope.recorded_at, envelope.actor.id, source
