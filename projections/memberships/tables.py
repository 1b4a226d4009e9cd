"""Writes the tables of memberships: ended in sets, begun by COPY."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from psycopg import Cursor

from domain.log import RecordedEvent
from projections.engine.copying import array, copy_numbers, copy_rows
from projections.memberships.membership_changes import MembershipChanges

_LEAVE = """
    WITH gone AS (
        DELETE FROM open_memberships m
        USING unnest(%s::integer[], %s::integer[], %s::bigint[], %s::bigint[])
            AS w (segment, member, position, deleted)
        WHERE m.segment = w.segment AND m.member = w.member AND m.from_position > w.deleted
        RETURNING m.segment, m.member, m.from_position, w.position
    )
    INSERT INTO past_memberships (segment, member, from_position, to_position) SELECT * FROM gone
"""
_THERE_ALREADY = """
    SELECT FROM unnest(%s::integer[], %s::integer[], %s::bigint[]) AS w (segment, member, deleted)
    JOIN open_memberships m ON m.segment = w.segment AND m.member = w.member
        AND m.from_position > w.deleted
    LIMIT 1
"""
_DELETED = """
    SELECT segment, max(to_position) FROM roster_ends WHERE segment = ANY(%s::integer[])
    GROUP BY segment
"""
_COPY_ENDS = "COPY roster_ends (segment, to_position) FROM STDIN"
_COPY = "COPY open_memberships (segment, member, from_position) FROM STDIN"
_COPY_PAST = "COPY past_memberships (segment, member, from_position, to_position) FROM STDIN"
_COPY_CHANGES = "COPY roster_changes (position, segment, recorded_at, actor, source) FROM STDIN"

MembershipChangeRow = tuple[int, int, str, str, str | None]
"""A row of `roster_changes`."""


class MembershipTables:
    """Reads and writes rows, within the projector's transaction."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor

    def deleted(self, segments: Collection[int]) -> dict[int, int]:
        """Returns those of the segments that were ever deleted, with the position of the last
        deletion.
        """
        if not segments:
            return {}
        return dict(self._cursor.execute(_DELETED, [array(segments)]).fetchall())

    def write(self, pending: MembershipChanges) -> None:
        """Writes all changes of a batch. ValueError when a user left who was no member, or joined
        who was.
        """
        left = pending.all_removed()
        if left and self._cursor.execute(_LEAVE, _columns(left)).rowcount != len(left):
            raise ValueError("somebody leaves a segment who is not there")
        copy_numbers(self._cursor, _COPY_ENDS, pending.all_ends(), 2)
        add = pending.all_added()
        if add and self._cursor.execute(_THERE_ALREADY, _columns(add)).rowcount:
            raise ValueError("somebody comes to a segment who is there already")
        copy_numbers(self._cursor, _COPY_PAST, pending.past, 4)
        copy_numbers(self._cursor, _COPY, pending.all_begun(), 3)

    def add_changes(self, changes: list[MembershipChangeRow]) -> None:
        """Adds the rows about the events themselves."""
        copy_rows(self._cursor, _COPY_CHANGES, changes)


def _columns(rows: Sequence[tuple[int, ...]]) -> list[str]:
    return [array(column) for column in zip(*rows, strict=True)]


def change_of(recorded: RecordedEvent, segment: int, source: str | None) -> MembershipChangeRow:
    """Returns the row about an event of a roster."""
    envelope = recorded.envelope
    return recorded.position, segment, envelope.recorded_at, envelope.actor.id, source
