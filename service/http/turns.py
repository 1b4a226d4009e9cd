"""How many operations of one principal run at once, in one process, and how fast one begins after
the other. The others wait for their turn: those of other principals do not wait with them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.support.errors import QueryError, QueryErrorCode
from graph.support.pace import Pace
from graph.support.shares import Shares

MOST_AT_ONCE = 16
"""Of one principal."""
BEGUN_AT_ONCE = 4
"""Of these, in one pass of the event loop. With one, operations were a fifth dearer for their
passes; with four they are not. An operation takes the loop a millisecond or more, and a request of
somebody else some eight passes of it: with all sixteen in each of them, that would be a hundred."""
LONGEST_WAIT = 10.0
"""Seconds for one's turn."""


class Turns:
    """Who runs operations, and who waits."""

    def __init__(self) -> None:
        self.shares = Shares(MOST_AT_ONCE)
        self.pace = Pace(BEGUN_AT_ONCE)

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
