"""The history of a segment's member count: at each change or, of many, at moments in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from projections.sql.database import Database, Pool

_CREATED = (
    "SELECT from_position FROM roster_counts WHERE number = %s ORDER BY from_position LIMIT 1"
)
_WHEN = "SELECT high_water FROM recorded_events WHERE position <= %s ORDER BY position DESC LIMIT 1"

_CHANGES = """
    SELECT position, high_water FROM recorded_events JOIN (
        (SELECT from_position AS position FROM roster_counts
         WHERE number = %(segment)s AND from_position > %(first)s AND from_position <= %(last)s
         LIMIT %(most)s)
        UNION
        (SELECT to_position FROM past_roster_counts
         WHERE number = %(segment)s AND to_position > %(first)s AND to_position <= %(last)s
         AND from_position >= coalesce((SELECT max(from_position) FROM past_roster_counts
             WHERE number = %(segment)s AND from_position <= %(first)s), 0)
         LIMIT %(most)s)
    ) AS changes USING (position) ORDER BY position
"""
"""A deleted segment has no count until it is reinstated: so the ends of counts matter, too."""

_AT_TIMES = """
    SELECT least(%s, (SELECT position FROM recorded_events WHERE high_water <= wanted.at
                      ORDER BY high_water DESC, position DESC LIMIT 1)), wanted.at
    FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS wanted (at, place) ORDER BY wanted.place
"""

_COUNTS = """
    SELECT coalesce((SELECT CASE WHEN wanted.position < to_position THEN member_count END
                     FROM roster_counts WHERE number = %s AND from_position <= wanted.position
                     ORDER BY from_position DESC LIMIT 1), 0)
    FROM unnest(%s::bigint[]) WITH ORDINALITY AS wanted (position, place) ORDER BY wanted.place
"""


class TimePoint(NamedTuple):
    """A position, and a time at which the log was there. Of two the later is the greater."""

    position: int
    at: datetime


class MemberCountAt(NamedTuple):
    """The number of members at a time point."""

    moment: TimePoint
    members: int


class MemberCountHistory:
    """Reads the history of one segment's count; the segment is given by its number."""

    def __init__(self, pool: Pool) -> None:
        self._database = Database(pool)

    async def created(self, segment: int) -> int:
        """Returns the position at which the segment was created."""
        rows = await self._database.fetch(_CREATED, [segment])
        return int(rows[0][0])

    async def moment(self, position: int) -> TimePoint:
        """Returns a position with the time at which the log reached it; the log's beginning is
        before all.
        """
        rows = await self._database.fetch(_WHEN, [position])
        return TimePoint(position, rows[0][0] if rows else datetime.min.replace(tzinfo=UTC))

    async def between(
        self, segment: int, first: TimePoint, last: TimePoint, points: int
    ) -> Sequence[MemberCountAt]:
        """Returns at most so many counts, of the first time point and the last and in between: of
        each change if they are few, else at even distances.
        """
        moments = await self._changes(segment, first, last, points - 1)
        if len(moments) > points - 2:
            moments = await self._evenly(first, last, points - 2)
        wanted = list(dict.fromkeys([first, *moments, last]))
        counts = await self._database.fetch(
            _COUNTS, [segment, [moment.position for moment in wanted]]
        )
        return [
            MemberCountAt(moment, count) for moment, (count,) in zip(wanted, counts, strict=True)
        ]

    async def _changes(
        self, segment: int, first: TimePoint, last: TimePoint, most: int
    ) -> list[TimePoint]:
        given = {"segment": segment, "first": first.position, "last": last.position, "most": most}
        changes = [TimePoint(*row) for row in await self._database.fetch(_CHANGES, given)]
        return [moment for moment in changes if moment != last]

    async def _evenly(self, first: TimePoint, last: TimePoint, points: int) -> list[TimePoint]:
        step = (last.at - first.at) / (points + 1)
        times = [first.at + step * place for place in range(1, points + 1)]
        return [
            TimePoint(*row) for row in await self._database.fetch(_AT_TIMES, [last.position, times])
        ]
