"""Answers to the questions of undos about a command's events, and the users of these."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.kernel.envelope import command_tag
from domain.kernel.ids import SEGMENT, USER, uuid_in
from domain.log import RecordedEvent
from projections.snapshot.base import ON_THE_SITE, SqlSnapshot

_TAGGED = """
    SELECT DISTINCT main_id FROM log.events_tt_tag WHERE tag = %s AND main_id <= %s
    ORDER BY main_id DESC
"""
_LAST_OF = """
    SELECT last.main_id FROM unnest(%s::text[]) AS wanted (tag), LATERAL (
        SELECT main_id FROM log.events_tt_tag AS tagged
        WHERE tagged.tag = wanted.tag AND main_id <= %s ORDER BY main_id DESC LIMIT 1
    ) AS last
"""
_ENDED = """
    WITH deleted AS MATERIALIZED (
        SELECT segment, to_position, coalesce((SELECT max(to_position) FROM roster_ends earlier
            WHERE earlier.segment = e.segment AND earlier.to_position < e.to_position), 0) AS before
        FROM roster_ends e
        WHERE segment = (SELECT number FROM segment_numbers WHERE id = %s) AND to_position = %s
    )
    SELECT replace(u.id::text, '-', '') FROM deleted d
    JOIN open_memberships m USING (segment) JOIN users u ON u.number = m.member
    WHERE m.from_position > d.before AND m.from_position < d.to_position
    ORDER BY m.member
"""
_THERE = f"""
    SELECT replace(id::text, '-', '') FROM users u WHERE id = ANY(%s::uuid[]) AND {ON_THE_SITE}
"""


class SqlUndoSnapshot(SqlSnapshot):
    """See domain.undo.snapshot.UndoSnapshot."""

    def positions_of(self, command_id: str) -> Sequence[int]:
        """See UndoSnapshot."""
        rows = self._rows(_TAGGED, [command_tag(command_id), self.position])
        return [int(position) for (position,) in rows]

    def last_events(self, tags: Collection[str]) -> Sequence[RecordedEvent]:
        """See UndoSnapshot."""
        return self._found(_LAST_OF, [list(tags), self.position]) if tags else []

    def members_ended_by(self, segment_id: str, position: int) -> Sequence[str]:
        """See UndoSnapshot."""
        rows = self._rows(_ENDED, [uuid_in(segment_id, SEGMENT), position])
        return [f"{USER}_{digits}" for (digits,) in rows]

    def absent_users(self, user_ids: Collection[str]) -> set[str]:
        """See UndoSnapshot."""
        rows = self._rows(_THERE, [[uuid_in(user, USER) for user in user_ids]])
        return set(user_ids) - {f"{USER}_{digits}" for (digits,) in rows}
