"""A quota of what one principal may begin in one pass of the event loop.

A request passes through it some eight times, and waits each time for all that others do in that
pass.
"""

from __future__ import annotations

import asyncio
from collections import deque


class _Quota:
    """What one principal may still begin in this pass, and what waits for the next."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.waiting: deque[tuple[asyncio.Future[None], int]] = deque()


class LoopQuota:
    """Admits in each pass, for each principal, as much as `room` holds, or one larger thing."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._quotas: dict[str, _Quota] = {}

    async def begin(self, principal: str, size: int = 1) -> None:
        """Waits for room in a pass, in order; not at all when little has begun in this one."""
        loop = asyncio.get_running_loop()
        mine = self._quotas.get(principal)
        if mine is None:
            mine = self._quotas[principal] = _Quota(self._room)
            loop.call_soon(self._next, principal)
        if mine.room > 0:
            mine.room -= size
            return
        turn: asyncio.Future[None] = loop.create_future()
        mine.waiting.append((turn, size))
        await turn

    def _next(self, principal: str) -> None:
        """Runs in the next pass; forgets a principal who has begun nothing in this one."""
        mine = self._quotas[principal]
        mine.room = self._room
        while mine.room > 0 and mine.waiting:
            turn, size = mine.waiting.popleft()
            if not turn.done():  # else whoever waited has gone
                turn.set_result(None)
                mine.room -= size
        if mine.room == self._room:
            del self._quotas[principal]
        else:
            asyncio.get_running_loop().call_soon(self._next, principal)

    def __len__(self) -> int:
        """Number of principals who begin something."""
        return len(self._quotas)
