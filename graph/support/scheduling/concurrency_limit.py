"""Places for each principal: who finds none waits for one of their own, and for nobody else's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Places(asyncio.Semaphore):
    """One principal's. `users` are those who have one and those who wait."""

    users = 0


class Shares:
    """`size` places for each."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._places: dict[str, _Places] = {}

    @asynccontextmanager
    async def place(self, principal: str, within: float | None = None) -> AsyncIterator[None]:
        """While the block runs. TimeoutError when none is free `within` so many seconds."""
        places = self._places.setdefault(principal, _Places(self.size))
        places.users += 1
        try:
            async with asyncio.timeout(within):
                await places.acquire()
            try:
                yield
            finally:
                places.release()
        finally:
            places.users -= 1
            if not places.users:
                del self._places[principal]

    def __len__(self) -> int:
        """Principals who have a place, or wait for one."""
        return len(self._places)
