"""Questions about recorded events: the log in parts and pages, single events, moments in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from domain.log import UNBOUNDED, EventMapper, RecordedEvent
from projections.audit.query import LogQuery
from projections.engine.promise import promise
from projections.sql.database import Database, Pool
from projections.sql.paging import Page, PageRequest, page_of

_LOG = "log.events_tt_main"
_TAGS = "log.events_tt_tag"
_BY_POSITION = f"""
    SELECT type, data, tags, id FROM (
        SELECT *, sum(octet_length(data)) OVER (ORDER BY id) - octet_length(data) AS bytes_before
        FROM {_LOG} WHERE id = ANY(%s)
    ) AS facts
    WHERE bytes_before < %s ORDER BY id
"""
"""Sums the lengths of the data, which a row has without its data being read."""

_LAST_OF = """
    SELECT coalesce(max(position), 0) FROM recorded_types CROSS JOIN LATERAL (
        SELECT position FROM recorded_events WHERE type = number ORDER BY position DESC LIMIT 1
    ) AS last
    WHERE topic = ANY(%s)
"""
"""One step into an index for each of the types."""


class AuditReads:
    """Reads the log through the read model's index of it, by connections of `pool`; by those of
    `primary`, where the log is written, when the most recent events must not be missing.
    """

    def __init__(self, pool: Pool, primary: Pool, mapper: EventMapper) -> None:
        self._database = Database(pool)
        self._primary = Database(primary)
        self._mapper = mapper

    async def head(self) -> int:
        """Returns the log's greatest position, 0 when it is empty: wherever reads are answered, all
        that was recorded is at or before it.
        """
        rows = await self._primary.fetch(f"SELECT coalesce(max(id), 0) FROM {_LOG}", [])
        return int(rows[0][0])

    async def progress(self) -> int:
        """Returns the read model's position on the server that answers reads."""
        rows = await self._database.fetch("SELECT position FROM read_model.progress", [])
        return int(rows[0][0])

    async def last_of(self, types: Collection[str]) -> int:
        """Returns the position of the last event of these types that the read model has; 0 for
        none.
        """
        rows = await self._database.fetch(_LAST_OF, [list(types)])
        return int(rows[0][0])

    async def position_at(self, moment: datetime) -> int:
        """Returns the greatest position up to which no event was recorded after `moment`; 0 for
        none.

        The read model must have reached the head of the log. (docs/reference/rules.md, "Time".)
        """
        rows = await self._database.fetch(
            "SELECT position FROM recorded_events WHERE high_water <= %s"
            " ORDER BY high_water DESC, position DESC LIMIT 1",
            [moment],
        )
        return int(rows[0][0]) if rows else 0

    async def page(
        self, query: LogQuery, page_request: PageRequest, max_bytes: int = UNBOUNDED
    ) -> Page[RecordedEvent]:
        """Returns one page of events, oldest first; cursors are positions. A page from the front
        ends with the event with which their data comes to `max_bytes` or more.
        """
        rows = await self._database.fetch(*query.positions(page_request))
        page = page_of([int(row[0]) for row in rows], page_request)
        events = list((await self.found_at(page.rows, max_bytes)).values())
        return Page(events, page.has_next or len(events) < len(page.rows), page.has_previous)

    async def count(self, query: LogQuery) -> int:
        """Returns the number of events that match the query."""
        rows = await self._database.fetch(*query.count())
        return int(rows[0][0])

    async def changes_since(
        self, tag: str, version: int, current: int, until: int, limit: int
    ) -> list[RecordedEvent]:
        """Returns an entity's own events, which all have that tag, after its version `version`;
        oldest first, at most `limit`, and none after `until`, where it was at version `current`.

        Each of them made one version, so that they are counted, from the nearer end.
        """
        begin, end = max(version, 0), min(max(version, 0) + limit, current)
        if begin >= end:
            return []
        from_the_first = begin <= current - end
        offset, order = (begin, "ASC") if from_the_first else (current - end, "DESC")
        rows = await self._primary.fetch(
            f"SELECT main_id FROM {_TAGS} WHERE tag = %s AND main_id <= %s"
            f" ORDER BY main_id {order} OFFSET %s LIMIT %s",
            [tag, until, offset, end - begin],
        )
        events = await self._events(self._primary, [int(row[0]) for row in rows])
        return [event for _, event in sorted(events.items()) if _version(event) > version]

    async def of_command(self, command: str, tags: Collection[str]) -> list[RecordedEvent]:
        """Returns the events of a command that also have one of these tags, oldest first."""
        rows = await self._database.fetch(
            f"SELECT c.main_id FROM {_TAGS} c WHERE c.tag = %s AND EXISTS (SELECT FROM {_TAGS} t"
            " WHERE t.main_id = c.main_id AND t.tag = ANY(%s)) ORDER BY c.main_id",
            [f"command:{command}", list(tags)],
        )
        events = await self.found_at([int(row[0]) for row in rows])
        return [event for _, event in sorted(events.items())]

    async def file_of(self, command: str) -> str | None:
        """Returns the name of the file that a command uploaded, if it did."""
        rows = await self._database.fetch(
            f"SELECT min(main_id) FROM {_TAGS} WHERE tag = %s", [f"command:{command}"]
        )
        events = await self.found_at([int(row[0]) for row in rows if row[0] is not None])
        notes = [recorded.envelope.upload for recorded in events.values()]
        return next((note.file.name for note in notes if note and note.file), None)

    async def by_position(self, positions: Collection[int]) -> dict[int, RecordedEvent]:
        """Returns the events at those positions; a position without one is not among the keys."""
        return await self._events(self._database, positions)

    async def found_at(
        self, positions: Collection[int], max_bytes: int = UNBOUNDED
    ) -> dict[int, RecordedEvent]:
        """Returns the events at positions that the database gave, in order: all of them, also where
        another server answers than the one that gave them, or the first, as `page` has them.
        """
        promise(max(positions, default=0))
        return await self._events(self._database, positions, max_bytes)

    async def _events(
        self, database: Database, positions: Collection[int], max_bytes: int = UNBOUNDED
    ) -> dict[int, RecordedEvent]:
        if not positions:
            return {}
        rows = await database.fetch(_BY_POSITION, [list(positions), max_bytes])
        events = [self._mapper.to_recorded(row[0], row[1], row[2], int(row[3])) for row in rows]
        return {recorded.position: recorded for recorded in events}


def _version(recorded: RecordedEvent) -> int:
    """Returns the version of an entity after one of its own events."""
    return int(getattr(recorded.event, "version", 0))
