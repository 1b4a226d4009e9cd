"""What undos are decided on: the log and the read model at one position, asked by a command's own
thread.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import Cursor

from domain.kernel.envelope import command_tag
from domain.kernel.ids import SEGMENT, USER, uuid_in
from domain.log import EventMapper, Recorded
from domain.undo.aftermath import Aftermath
from projections.engine.snapshot import Pool, snapshot
from projections.memberships.priming import ON_THE_SITE
from projections.undo.segments_since import PrimedSegmentsSince

AT_ONCE = 500
"""Facts that are read in one go."""

_EVENTS = "SELECT type, data, tags, id FROM log.events_tt_main"
_TAGGED = """
    SELECT DISTINCT main_id FROM log.events_tt_tag WHERE tag = ANY(%s) AND main_id <= %s
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
_TURNS = """
    SELECT replace(u.id::text, '-', ''), turn.position
    FROM users u JOIN memberships m ON m.member = u.number,
    LATERAL (VALUES (m.from_position), (m.to_position)) AS turn (position)
    WHERE u.id = ANY(%s::uuid[]) AND turn.position > %s AND turn.position <= %s
"""


class UndoReadModel:
    """See domain.undo.aftermath.ReadModel. Safe to share between threads."""

    def __init__(self, pool: Pool, mapper: EventMapper) -> None:
        self._pool = pool
        self._mapper = mapper

    @contextmanager
    def aftermath(self, at_least: int) -> Iterator[Aftermath]:
        """See ReadModel."""
        with snapshot(self._pool, at_least) as (position, cursor):
            yield PrimedAftermath(position, cursor, self._mapper)


class PrimedAftermath(PrimedSegmentsSince):
    """See domain.undo.aftermath.Aftermath."""

    def __init__(self, position: int, cursor: Cursor[Any], mapper: EventMapper) -> None:
        super().__init__(position, cursor)
        self._mapper = mapper

    @property
    def position(self) -> int:
        """See Aftermath."""
        return self._position

    def positions_of(self, command_id: str) -> Sequence[int]:
        """See Aftermath."""
        return sorted(self._tagged([command_tag(command_id)]), reverse=True)

    def at(self, positions: Collection[int]) -> Sequence[Recorded]:
        """See Aftermath."""
        if not positions:
            return []
        rows = self._rows(f"{_EVENTS} WHERE id = ANY(%s) ORDER BY id", [list(positions)])
        to_recorded = self._mapper.to_recorded
        return [to_recorded(row[0], row[1], row[2], int(row[3])) for row in rows]

    def facts(self, tags: Collection[str]) -> Iterator[Recorded]:
        """See Aftermath."""
        positions = sorted(self._tagged(tags))
        for start in range(0, len(positions), AT_ONCE):
            yield from self.at(positions[start : start + AT_ONCE])

    def last_of(self, tags: Collection[str]) -> Sequence[Recorded]:
        """See Aftermath."""
        rows = self._rows(_LAST_OF, [list(tags), self._position])
        return self.at([int(position) for (position,) in rows])

    def ended_with(self, segment_id: str, position: int) -> Sequence[str]:
        """See Aftermath."""
        rows = self._rows(_ENDED, [uuid_in(segment_id, SEGMENT), position])
        return [f"{USER}_{digits}" for (digits,) in rows]

    def gone(self, user_ids: Collection[str]) -> set[str]:
        """See Aftermath."""
        rows = self._rows(_THERE, [[uuid_in(user, USER) for user in user_ids]])
        return set(user_ids) - {f"{USER}_{digits}" for (digits,) in rows}

    def turns(self, user_ids: Collection[str], after: int) -> Mapping[str, Sequence[int]]:
        """See Aftermath."""
        uuids = [uuid_in(user, USER) for user in user_ids]
        turns: defaultdict[str, list[int]] = defaultdict(list)
        for digits, position in self._rows(_TURNS, [uuids, after, self.position]):
            turns[f"{USER}_{digits}"].append(int(position))
        return turns

    def _tagged(self, tags: Collection[str]) -> list[int]:
        if not tags:
            return []
        rows = self._rows(_TAGGED, [list(tags), self._position])
        return [int(position) for (position,) in rows]
