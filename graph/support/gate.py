"""Long work, one piece at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

T = TypeVar("T")


class Gate:
    """Lets one piece of work in at a time that takes the event loop, or the interpreter, tens of
    milliseconds; and the next one when others have had as long.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

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
        await self._lock.acquire()
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            yield
        finally:
            loop.call_later(loop.time() - began, self._lock.release)
