"""A limit to what runs at once for each principal, who waits for nobody else's slots."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Slots(asyncio.Semaphore):
    """One principal's slots. `users` counts the tasks that hold one and those that wait."""

    users = 0


class ConcurrencyLimit:
    """`size` slots for each principal."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._slots: dict[str, _Slots] = {}

    @asynccontextmanager
    async def slot(self, principal: str, within: float | None = None) -> AsyncIterator[None]:
        """Holds a slot while the block runs. TimeoutError when none is free `within` seconds."""
        slots = self._slots.setdefault(principal, _Slots(self.size))
        slots.users += 1
        try:
            async with asyncio.timeout(within):
                await slots.acquire()
            try:
                yield
            finally:
                slots.release()
        finally:
            slots.users -= 1
            if not slots.users:
                del self._slots[principal]

    def __len__(self) -> int:
        """Number of principals who hold a slot or wait for one."""
        return len(self._slots)
