"""The read model and the log at one position, queried by a command's own thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from psycopg import Cursor

from domain.log import EventMapper, RecordedEvent

ON_THE_SITE = "u.status IN ('active', 'suspended')"

_EVENTS = "SELECT type, data, tags, id FROM log.events_tt_main WHERE id = ANY(%s) ORDER BY id"

TAGGED = """
    (SELECT true FROM log.events_tt_tag AS o WHERE o.tag = {tag} AND o.main_id = position LIMIT 1)
"""
"""Whether the event at `position` has a tag: looked up for each of the few events that are found. A
join might read all events that a command recorded, or that are about a user.
"""


class SqlSnapshot:
    """Queries on one cursor, in a transaction that sees the read model at `position`."""

    def __init__(self, position: int, cursor: Cursor[Any], mapper: EventMapper) -> None:
        self.position = position
        self._cursor = cursor
        self._mapper = mapper

    def events_at(self, positions: Collection[int]) -> Sequence[RecordedEvent]:
        """See domain.undo.snapshot.UndoSnapshot."""
        if not positions:
            return []
        rows = self._rows(_EVENTS, [list(positions)])
        to_recorded = self._mapper.to_recorded
        return [to_recorded(row[0], row[1], row[2], int(row[3])) for row in rows]

    def _found(
        self, query: str, values: Sequence[Any] | Mapping[str, Any]
    ) -> Sequence[RecordedEvent]:
        """Returns the events at the positions that a query returned."""
        return self.events_at([int(position) for (position,) in self._rows(query, values)])

    def _rows(self, query: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return self._cursor.execute(query.encode(), values).fetchall()
