"""Tells subscribers that the read model has moved on, but not too often."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from projections.audit.reads import AuditReads
from projections.engine.position import ReadModelPosition
from projections.engine.promise import operation
from projections.sql.database import for_all

MIN_PAUSE_S = 0.1
"""Seconds between two ticks: several moves within them are told as one."""


@dataclass(frozen=True, slots=True)
class Tick:
    """The positions of the log and the read model; the latter is never ahead."""

    head: int
    read_model: int


class Ticker:
    """Ticks for all subscribers, who share one read of the log's position. One for a process."""

    def __init__(self, audit: AuditReads, position: ReadModelPosition) -> None:
        self._audit = audit
        self._position = position
        self._looking: asyncio.Task[Tick] | None = None
        self._looked_at = float("-inf")

    async def follow(self, after: int) -> AsyncIterator[Tick]:
        """Yields a tick each time that the read model is past a position: after the first, past
        that of the last tick.
        """
        while True:
            await self._position.wait_past(after)
            tick = await self._next()
            if tick.read_model > after:
                after = tick.read_model
                yield tick

    async def _next(self) -> Tick:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(self._looking)  # others wait for it, too

    async def _look(self) -> Tick:
        now = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._looked_at + MIN_PAUSE_S - now()))
        self._looked_at = now()
        with operation(), for_all():
            read_model = self._position.seen()  # first: it can never be ahead of the head
            return Tick(await self._audit.head(), read_model)
