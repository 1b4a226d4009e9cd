"""Counts of events by day: a row a day, so that a year is read at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Cursor

from domain.log import RecordedEvent
from projections.engine.copying import copy_rows
from projections.sql.database import Database, Pool

_FETCH = "SELECT day::text, commands, events, last_command FROM active_days WHERE day = ANY(%s)"
_REMOVE = "DELETE FROM active_days WHERE day = ANY(%s)"
_COPY = "COPY active_days (day, commands, events, last_command) FROM STDIN"
_SINCE = "SELECT day, commands, events FROM active_days WHERE day BETWEEN %s AND %s"


@dataclass(slots=True)
class _Day:
    commands: int = 0
    events: int = 0
    last_command: str = ""


class ActivityFold:
    """Counts each event on its day (UTC), and each command once a day: its events are neighbours in
    the log.
    """

    def __init__(self) -> None:
        self._days: dict[str, _Day] = {}

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        cursor.execute(_FETCH, [_days_of(events)])
        self._days = {day: _Day(*counted) for day, *counted in cursor}

    def fold(self, recorded: RecordedEvent) -> None:
        day = self._days.setdefault(_day_of(recorded), _Day())
        day.events += 1
        if day.last_command != recorded.envelope.command_id:
            day.commands += 1
            day.last_command = recorded.envelope.command_id

    def write(self, cursor: Cursor[Any]) -> None:
        cursor.execute(_REMOVE, [list(self._days)])
        rows = self._days.items()
        copy_rows(cursor, _COPY, [(d, c.commands, c.events, c.last_command) for d, c in rows])


class Activity:
    """Reads the counts."""

    def __init__(self, pool: Pool) -> None:
        self._database = Database(pool)

    async def between(self, first: date, last: date) -> dict[date, tuple[int, int]]:
        """Returns commands and events by day, of the days that have any."""
        rows = await self._database.fetch(_SINCE, [first, last])
        return {day: (commands, events) for day, commands, events in rows}


def _day_of(recorded: RecordedEvent) -> str:
    """Returns the day of a recorded time: these are in UTC, the day first."""
    return recorded.envelope.recorded_at[:10]


def _days_of(events: Sequence[RecordedEvent]) -> Collection[str]:
    return list({_day_of(event) for event in events})
