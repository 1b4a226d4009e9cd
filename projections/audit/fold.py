"""Every fact to one narrow row: whose story it belongs to, and when the log had got that far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from domain.log import Recorded
from projections.segments.fold import SegmentsFold


class RecordedEventsFold:
    """Notes each event's place, the high water of recordedAt there, and its segment."""

    def __init__(self, segments: SegmentsFold) -> None:
        self._segments = segments
        self._high_water = ""
        self._rows: list[tuple[int, str, int | None]] = []

    def load(self, cursor: Cursor[Any], facts: Sequence[Recorded]) -> None:
        cursor.execute(
            "SELECT to_char(high_water AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
            " FROM progress WHERE isfinite(high_water)"
        )
        row = cursor.fetchone()
        self._high_water = "" if row is None else row[0]

    def fold(self, fact: Recorded) -> None:
        # Both are RFC 3339 in UTC with six decimals, so that texts compare as times do.
        self._high_water = max(self._high_water, fact.envelope.recorded_at)
        number = self._segments.number_of(fact.event)
        self._rows.append((fact.position, self._high_water, number))

    def write(self, cursor: Cursor[Any]) -> None:
        with cursor.copy("COPY recorded_events (position, high_water, segment) FROM STDIN") as copy:
            for row in self._rows:
                copy.write_row(row)
        cursor.execute("UPDATE progress SET high_water = %s", [self._high_water])
