"""Following the log live: everybody who waits for the same facts shares one reading of them.

A follower knows how far it has looked and asks for what comes after that. Those who keep up all
stand at the same place and are answered with the same stretch; who lags, or comes back after a
while, reads for themself, page by page, as fast as they take it. Nobody waits for anybody.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from domain.log import Recorded
from projections.audit.query import LogQuestion
from projections.audit.reads import AuditReads
from projections.audit.weight import weight_of
from projections.engine.position import ReadModelPosition
from projections.engine.promise import operation, promise
from projections.sql.database import for_all
from projections.sql.paging import Window

STRETCH = 50
"""Facts that are read at a time."""
STRETCH_BYTES = 512 * 1024
"""Of their data, twice as large in memory: a fact that tells of 5,000 users is 200 kB. Each of
those who lag holds one stretch."""
MAX_BYTES = 8 * 1024 * 1024
"""Of stretches in memory, those that followers asked for last: there is one for each question that
is followed, of which most find nothing in most moves of the log."""
BYTES_PER_STRETCH = 1_000
"""What one takes without facts."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The facts that a question keeps, after one position and up to another."""

    after: int
    through: int
    facts: Sequence[Recorded]
    era: int
    """Of the read model's position: another log may come to the same places."""
    weight: int
    """Bytes that it takes."""


_Key = tuple[LogQuestion, int, int]
"""What is asked, after which position, and in which era."""


class Tail:
    """One for a process."""

    def __init__(self, audit: AuditReads, position: ReadModelPosition) -> None:
        self._audit = audit
        self._position = position
        self._reading: dict[_Key, asyncio.Task[Stretch]] = {}
        self._kept: OrderedDict[_Key, Stretch] = OrderedDict()
        self._bytes = 0

    async def follow(self, question: LogQuestion, after: int) -> AsyncIterator[Stretch]:
        """The facts after a position that the question keeps: all there are, then each as it comes.

        Ordered and without a gap. Ends when there can be no more, because of the question's
        `up_to`. psycopg.OperationalError when the database does not answer, or the log went back:
        follow again, after the last position that was seen.
        """
        while question.up_to is None or after < question.up_to:
            await self._position.beyond(after)
            stretch = await self._next(question, after)
            after = stretch.through
            promise(after)
            if stretch.facts:
                yield stretch

    async def _next(self, question: LogQuestion, after: int) -> Stretch:
        key = question, after, self._position.era
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._reading:
            self._reading[key] = asyncio.create_task(self._read_and_kept(key))
        return await asyncio.shield(self._reading[key])  # who goes takes it from no one

    async def _read_and_kept(self, key: _Key) -> Stretch:
        try:
            stretch = await self._read(*key)
        finally:
            del self._reading[key]
        self._kept[key] = stretch
        self._bytes += stretch.weight
        while self._bytes > MAX_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.weight
        return stretch

    async def _read(self, question: LogQuestion, after: int, era: int) -> Stretch:
        with operation(), for_all():
            reached = self._position.seen()
            page = await self._audit.page(question, Window(STRETCH, after=(after,)), STRETCH_BYTES)
        through = page.rows[-1].position if page.has_next else reached
        # The read model may have moved on while it was read: what it then had is told now.
        through = max([through, *(fact.position for fact in page.rows[-1:])])
        # Who is told of it must be looked at as of then, at least.
        self._position.advance(through)
        weight = BYTES_PER_STRETCH + sum(map(weight_of, page.rows))
        return Stretch(after, through, page.rows, era, weight)
