"""A lock for CPU-heavy work, handed on fairly between principals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from graph.support.scheduling.fair_queue import FairQueue, Turn
from projections.sql.database import ASKED_BY

T = TypeVar("T")
_Entry = Turn[asyncio.Future[Any]]


class FairLock:
    """Admits one piece of work at a time that takes the event loop, or the interpreter, tens of
    milliseconds; and the next one when others have had as long. Principals, whom `ASKED_BY` names,
    take turns.
    """

    def __init__(self) -> None:
        self._queue = FairQueue[asyncio.Future[Any]](1)

    async def run(self, work: Callable[[], T]) -> T:
        """The result of work that needs no event loop. It runs in a thread, to its end even if the
        caller is cancelled, and holds the lock that long.
        """
        async with self.held():
            working = asyncio.create_task(asyncio.to_thread(work))
            try:
                return await asyncio.shield(working)
            finally:
                await asyncio.wait([working])

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Holds the lock while the block runs, and as long again."""
        turn = await self._turn()
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            yield
        finally:
            took = loop.time() - began
            loop.call_later(took, self._leave, turn, took)

    async def _turn(self) -> _Entry:
        entry: asyncio.Future[_Entry] = asyncio.get_running_loop().create_future()
        self._queue.put(ASKED_BY.get(), entry)
        self._admit()
        try:
            return await entry
        except asyncio.CancelledError:
            if entry.done() and not entry.cancelled():  # admitted just then
                self._leave(entry.result(), 0.0)
            raise

    def _leave(self, turn: _Entry, took: float) -> None:
        self._queue.done(turn, took)
        self._admit()

    def _admit(self) -> None:
        while not self._queue.active and (turn := self._queue.next()) is not None:
            if turn.item.done():  # whoever waited has gone
                self._queue.done(turn, 0.0)
            else:
                turn.item.set_result(turn)
