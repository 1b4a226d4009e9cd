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
from projections.audit.question import LogQuestion
from projections.audit.reads import AuditReads
from projections.engine.paging import Window
from projections.engine.position import ReadModelPosition
from projections.engine.promise import operation, promise

STRETCH = 50
"""Facts that are read at a time: facts about rosters can be large."""
MOST_KEPT = 16
"""Stretches in memory, those that followers asked for last."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The facts that a question keeps, after one position and up to another."""

    after: int
    through: int
    facts: Sequence[Recorded]


class Tail:
    """One for a process."""

    def __init__(self, audit: AuditReads, position: ReadModelPosition) -> None:
        self._audit = audit
        self._position = position
        self._kept: OrderedDict[tuple[LogQuestion, int], asyncio.Task[Stretch]] = OrderedDict()

    async def follow(self, question: LogQuestion, after: int) -> AsyncIterator[Stretch]:
        """The facts after a position that the question keeps: all there are, then each as it comes.

        Ordered and without a gap. Ends when there can be no more, because of the question's
        `up_to`. psycopg.OperationalError when the database does not answer: follow again, after the
        last position that was seen.
        """
        while question.up_to is None or after < question.up_to:
            await self._position.beyond(after)
            stretch = await self._next(question, after)
            after = stretch.through
            promise(after)
            if stretch.facts:
                yield stretch

    async def _next(self, question: LogQuestion, after: int) -> Stretch:
        key = question, after
        task = self._kept.get(key)
        if task is None:
            task = asyncio.create_task(self._read(question, after))
            self._kept[key] = task
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        try:
            return await asyncio.shield(task)  # who goes away does not take it from the others
        except Exception:
            self._kept.pop(key, None)
            raise

    async def _read(self, question: LogQuestion, after: int) -> Stretch:
        with operation():
            reached = self._position.seen()
            page = await self._audit.page(question, Window(STRETCH, after=(after,)))
        through = page.rows[-1].position if page.has_next else reached
        # The read model may have moved on while it was read: what it then had is told now.
        through = max([through, *(fact.position for fact in page.rows[-1:])])
        # Who is told of it must be looked at as of then, at least.
        self._position.advance(through)
        return Stretch(after, through, page.rows)
