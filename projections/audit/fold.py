"""Folds every event to one narrow row: the entities that it belongs to, and the latest recordedAt
so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Cursor

from domain.log import RecordedEvent
from projections.audit.surrogate_keys import SurrogateKeys
from projections.engine.copying import copy_lines
from projections.engine.fold import SegmentNumbers

_COPY = "COPY recorded_events (position, ordinal, high_water, type, actor, segment) FROM STDIN"
_LINE, _NULL = "%d\t%d\t%s\t%d\t%d\t%s", "\\N"
_LAST = "SELECT ordinal FROM recorded_events ORDER BY position DESC LIMIT 1"
_HIGH_WATER = (
    "SELECT to_char(high_water AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    " FROM progress WHERE isfinite(high_water)"
)


class RecordedEventsFold:
    """Records each event's position, the high water of recordedAt there, its type, its actor, and
    its segment.
    """

    def __init__(self, segments: SegmentNumbers) -> None:
        self._segments = segments
        self._types = SurrogateKeys("recorded_types", "topic")
        self._actors = SurrogateKeys("recorded_actors", "id")
        self._high_water = ""
        self._ordinal = 0
        self._rows: list[tuple[int, int, str, int, int, int | str]] = []

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        row = cursor.execute(_HIGH_WATER).fetchone()
        self._high_water = "" if row is None else row[0]
        row = cursor.execute(_LAST).fetchone()
        self._ordinal = 0 if row is None else row[0]
        self._types.load(cursor, {recorded.event.TOPIC for recorded in events})
        self._actors.load(cursor, {recorded.envelope.actor.id for recorded in events})

    def fold(self, recorded: RecordedEvent) -> None:
        # Both are RFC 3339 in UTC with six decimals, so that texts compare as times do.
        self._high_water = max(self._high_water, recorded.envelope.recorded_at)
        self._ordinal += 1
        segment = self._segments.number_of(recorded.event)
        self._rows.append(
            (
                recorded.position,
                self._ordinal,
                self._high_water,
                self._types.of(recorded.event.TOPIC),
                self._actors.of(recorded.envelope.actor.id),
                _NULL if segment is None else segment,
            )
        )

    def type_of(self, recorded: RecordedEvent) -> int:
        """Returns the number of the type of an event of the batch."""
        return self._types.of(recorded.event.TOPIC)

    def actor_of(self, recorded: RecordedEvent) -> int:
        """Returns the number of the actor of an event of the batch."""
        return self._actors.of(recorded.envelope.actor.id)

    def write(self, cursor: Cursor[Any]) -> None:
        self._types.write(cursor)
        self._actors.write(cursor)
        copy_lines(cursor, _COPY, self._rows, _LINE)
        cursor.execute("UPDATE progress SET high_water = %s", [self._high_water])
