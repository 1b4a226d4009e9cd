"""Following the log live: everybody who waits for the same events shares one reading of them.

A follower knows how far it has looked and asks for what comes after that. Those who keep up all
stand at the same place and are answered with the same stretch; who lags, or comes back after a
while, reads for themself, page by page, as fast as they take it. Nobody waits for anybody.
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
"""Of their data, twice as large in memory: an event that tells of 5,000 users is 200 kB. Each of
those who lag holds one stretch."""
MAX_BYTES = 8 * 1024 * 1024
"""Of stretches in memory, those that followers asked for last: there is one for each question that
is followed, of which most find nothing in most moves of the log."""
BYTES_PER_RANGE = 1_000
"""What one takes without events."""


@dataclass(frozen=True, slots=True)
class EventRange:
    """The events that a question keeps, after one position and up to another."""

    after: int
    through: int
    events: Sequence[RecordedEvent]
    era: int
    """Of the read model's position: another log may come to the same places."""
    weight: int
    """Bytes that it takes."""


_Key = tuple[LogQuery, int, int]
"""What is asked, after which position, and in which era."""


class LogFeed:
    """One for a process."""

    def __init__(self, audit: AuditReads, position: ReadModelPosition) -> None:
        self._audit = audit
        self._position = position
        self._reading: dict[_Key, asyncio.Task[EventRange]] = {}
        self._kept: OrderedDict[_Key, EventRange] = OrderedDict()
        self._bytes = 0

    async def follow(self, query: LogQuery, after: int) -> AsyncIterator[EventRange]:
        """The events after a position that match the query: all there are, then each as it comes.

        Ordered and without a gap. Ends when there can be no more, because of the question's
        `up_to`. psycopg.OperationalError when the database does not answer, or the log went back,
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
        return await asyncio.shield(self._reading[key])  # who goes takes it from no one

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
        # The read model may have moved on while it was read: what it then had is told now.
        through = max([through, *(recorded.position for recorded in page.rows[-1:])])
        # Who is told of it must be looked at as of then, at least.
        self._position.advance(through)
        weight = BYTES_PER_RANGE + sum(map(weight_of, page.rows))
        return EventRange(after, through, page.rows, era, weight)
