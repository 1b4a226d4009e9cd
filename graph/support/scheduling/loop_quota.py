"""How much of one principal's is done in one pass of the event loop.

A request passes through it some eight times, and waits each time for all that others do in that
pass.
"""

from __future__ import annotations

import asyncio
from collections import deque


class _Share:
    """One principal's."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.waiting: deque[tuple[asyncio.Future[None], int]] = deque()


class Pace:
    """In each pass, of each principal's, as much as there is `room` for, or one thing that is
    larger.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._shares: dict[str, _Share] = {}

    async def begin(self, principal: str, size: int = 1) -> None:
        """Returns at once when the principal has begun little in this pass; else in order."""
        loop = asyncio.get_running_loop()
        mine = self._shares.get(principal)
        if mine is None:
            mine = self._shares[principal] = _Share(self._room)
            loop.call_soon(self._next, principal)
        if mine.room > 0:
            mine.room -= size
            return
        turn: asyncio.Future[None] = loop.create_future()
        mine.waiting.append((turn, size))
        await turn

    def _next(self, principal: str) -> None:
        """Called in the pass after; forgets who has begun nothing in it."""
        mine = self._shares[principal]
        mine.room = self._room
        while mine.room > 0 and mine.waiting:
            turn, size = mine.waiting.popleft()
            if not turn.done():  # else whoever waited has gone
                turn.set_result(None)
                mine.room -= size
        if mine.room == self._room:
            del self._shares[principal]
        else:
            asyncio.get_running_loop().call_soon(self._next, principal)

    def __len__(self) -> int:
        """Principals who begin something."""
        return len(self._shares)
