"""How many operations of one principal run at once, in one process, and how fast one begins after
the other. The others wait for their turn: those of other principals do not wait with them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.support.errors import QueryError, QueryErrorCode
from service.shares import Shares

MOST_AT_ONCE = 16
"""Of one principal."""
BEGUN_AT_ONCE = 4
"""Of these, in one pass of the event loop. With one, operations were a fifth dearer for their
passes; with four they are not."""
LONGEST_WAIT = 10.0
"""Seconds for one's turn."""


class _Beginnings:
    """One principal's."""

    def __init__(self) -> None:
        self.room = BEGUN_AT_ONCE
        self.waiting: deque[asyncio.Future[None]] = deque()


class Pace:
    """A few beginnings of each principal's in each pass of the event loop.

    An operation takes the loop a millisecond or more, and a request of somebody else some eight
    passes of it: with all sixteen of a principal in each of them, that would be a hundred.
    """

    def __init__(self) -> None:
        self._beginnings: dict[str, _Beginnings] = {}

    async def begin(self, principal: str) -> None:
        """Returns at once when the principal has begun little in this pass; else in order."""
        loop = asyncio.get_running_loop()
        mine = self._beginnings.get(principal)
        if mine is None:
            mine = self._beginnings[principal] = _Beginnings()
            loop.call_soon(self._next, principal)
        if mine.room:
            mine.room -= 1
            return
        turn: asyncio.Future[None] = loop.create_future()
        mine.waiting.append(turn)
        await turn

    def _next(self, principal: str) -> None:
        """Called in the pass after; forgets who has begun nothing in it."""
        mine = self._beginnings[principal]
        mine.room = BEGUN_AT_ONCE
        while mine.room and mine.waiting:
            turn = mine.waiting.popleft()
            if not turn.done():  # else whoever waited has gone
                turn.set_result(None)
                mine.room -= 1
        if mine.room == BEGUN_AT_ONCE:
            del self._beginnings[principal]
        else:
            asyncio.get_running_loop().call_soon(self._next, principal)

    def __len__(self) -> int:
        """Principals who begin something."""
        return len(self._beginnings)


class Turns:
    """Who runs operations, and who waits."""

    def __init__(self) -> None:
        self.shares = Shares(MOST_AT_ONCE)
        self.pace = Pace()

    @asynccontextmanager
    async def turn(self, principal: str) -> AsyncIterator[None]:
        """While an operation is read and run. QueryError LIMIT for who waits for too long."""
        is_on = False
        try:
            async with self.shares.place(principal, LONGEST_WAIT):
                is_on = True
                await self.pace.begin(principal)
                yield
        except TimeoutError:
            if is_on:  # it is the operation's own
                raise
            raise _too_many() from None


def _too_many() -> QueryError:
    message = (
        f"At most {MOST_AT_ONCE} operations at once; this one waited for over {LONGEST_WAIT:g} s."
        " Try again when those before it are done."
    )
    return QueryError(QueryErrorCode.LIMIT, message, status=429, retryAfter=1)
