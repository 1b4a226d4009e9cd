"""Long work, one piece at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from graph.support.scheduling.fair_queue import Lines, Turn
from projections.sql.database import ASKED_BY

T = TypeVar("T")
_Entry = Turn[asyncio.Future[Any]]


class Gate:
    """Lets one piece of work in at a time that takes the event loop, or the interpreter, tens of
    milliseconds; and the next one when others have had as long. Principals, whom `ASKED_BY` names,
    take turns.
    """

    def __init__(self) -> None:
        self._lines = Lines[asyncio.Future[Any]](1)

    async def do(self, work: Callable[[], T]) -> T:
        """What comes of work that needs no event loop: a thread does it, to its end, though whoever
        asked is cancelled. So long nobody else is let in.
        """
        async with self.passed():
            working = asyncio.create_task(asyncio.to_thread(work))
            try:
                return await asyncio.shield(working)
            finally:
                await asyncio.wait([working])

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """While the work is done."""
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
        self._lines.join(ASKED_BY.get(), entry)
        self._let_in()
        try:
            return await entry
        except asyncio.CancelledError:
            if entry.done() and not entry.cancelled():  # it was let in just then
                self._leave(entry.result(), 0.0)
            raise

    def _leave(self, turn: _Entry, took: float) -> None:
        self._lines.done(turn, took)
        self._let_in()

    def _let_in(self) -> None:
        while not self._lines.on and (turn := self._lines.next()) is not None:
            if turn.item.done():  # whoever waited has gone
                self._lines.done(turn, 0.0)
            else:
                turn.item.set_result(turn)
