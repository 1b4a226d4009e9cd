"""Follows the log live: all subscribers that wait for the same events share one read of them.

A subscriber knows the position that it has seen and asks for the events after it. Those that keep
up are all at the same position and get the same range; one that lags, or comes back after a while,
reads for itself, page by page, as fast as it takes them. None waits for another.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from domain.log import RecordedEvent
from projections.audit.query import LogQuery
from projections.audit.reads import AuditReads
from projections.audit.weight import weight_of
from projections.engine.position import ReadModelPosition
from projections.engine.promise import operation, promise
from projections.sql.database import for_all
from projections.sql.paging import PageRequest

RANGE_SIZE = 50
"""Events that are read at a time."""
MAX_RANGE_BYTES = 512 * 1024
"""Bytes of their data, twice as large in memory: an event about 5,000 users is 200 kB. Each
subscriber that lags holds one range.
"""
MAX_BYTES = 8 * 1024 * 1024
"""Bytes of ranges in memory, those that subscribers asked for last: there is one for each query
that is followed, of which most find nothing in most moves of the log.
"""
BYTES_PER_RANGE = 1_000
"""Bytes of one range without events."""


@dataclass(frozen=True, slots=True)
class EventRange:
    """The events that match a query, after one position and up to another."""

    after: int
    through: int
    events: Sequence[RecordedEvent]
    era: int
    """The era of the read model's position: another log may come to the same positions."""
    weight: int
    """Bytes of memory."""


_Key = tuple[LogQuery, int, int]
"""The query, the position after which to read, and the era."""


class LogFeed:
    """Ranges of the log, shared by subscribers. One for a process."""

    def __init__(self, audit: AuditReads, position: ReadModelPosition) -> None:
        self._audit = audit
        self._position = position
        self._reading: dict[_Key, asyncio.Task[EventRange]] = {}
        self._kept: OrderedDict[_Key, EventRange] = OrderedDict()
        self._bytes = 0

    async def follow(self, query: LogQuery, after: int) -> AsyncIterator[EventRange]:
        """Yields the events after a position that match the query: all there are, then each as it
        comes.

        Ordered and without a gap. Ends when there can be no more, because of the query's `up_to`.
        psycopg.OperationalError when the database does not answer, or the log went back,
        ReadModelBehind when a replica lags: follow again, after the last position that was seen.
        """
        while query.up_to is None or after < query.up_to:
            await self._position.wait_past(after)
            event_range = await self._next(query, after)
            after = event_range.through
            promise(after)
            if event_range.events:
                yield event_range

    async def _next(self, query: LogQuery, after: int) -> EventRange:
        key = query, after, self._position.era
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._reading:
            self._reading[key] = asyncio.create_task(self._read_and_kept(key))
        return await asyncio.shield(self._reading[key])  # others wait for it, too

    async def _read_and_kept(self, key: _Key) -> EventRange:
        try:
            event_range = await self._read(*key)
        finally:
            del self._reading[key]
        self._kept[key] = event_range
        self._bytes += event_range.weight
        while self._bytes > MAX_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.weight
        return event_range

    async def _read(self, query: LogQuery, after: int, era: int) -> EventRange:
        with operation(), for_all():
            reached = self._position.seen()
            page = await self._audit.page(
                query, PageRequest(RANGE_SIZE, after=(after,)), MAX_RANGE_BYTES
            )
        through = page.rows[-1].position if page.has_next else reached
        # The read model may have moved on during the read: those events are yielded now.
        through = max([through, *(recorded.position for recorded in page.rows[-1:])])
        # The subscriber's rights must be checked as of then, at least.
        self._position.advance(through)
        weight = BYTES_PER_RANGE + sum(map(weight_of, page.rows))
        return EventRange(after, through, page.rows, era, weight)
