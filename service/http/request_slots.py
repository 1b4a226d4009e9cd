"""Slots for the operations of one principal, in one process: they bound how many run at once, and
how fast one begins after the other. Further ones wait for their turn: those of other principals do
not wait with them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.support.errors import QueryError, QueryErrorCode
from graph.support.limits.cost import LARGE_AT_ONCE
from graph.support.scheduling.concurrency_limit import ConcurrencyLimit
from graph.support.scheduling.loop_quota import LoopQuota

MAX_CONCURRENT = 16
"""Operations of one principal that run at once."""
MAX_BEGUN_AT_ONCE = 4
"""Operations that begin in one pass of the event loop. With one, operations were a fifth dearer for
their passes; with four they are not. An operation takes the loop a millisecond or more, and another
principal's request some eight passes of it: with all sixteen in each of them, that would be a
hundred.
"""
WAIT_TIMEOUT_S = 10.0
"""Seconds that an operation waits for its turn."""


class RequestSlots:
    """The operations that run, and those that wait."""

    def __init__(self) -> None:
        self.shares = ConcurrencyLimit(MAX_CONCURRENT)
        self.large = ConcurrencyLimit(LARGE_AT_ONCE)
        self.pace = LoopQuota(MAX_BEGUN_AT_ONCE)

    @asynccontextmanager
    async def slot(self, principal: str) -> AsyncIterator[None]:
        """Holds a slot while an operation is read and run. QueryError LIMIT for one that waits for
        too long.
        """
        async with _place(self.shares, principal, "operations"):
            await self.pace.begin(principal)
            yield

    @asynccontextmanager
    async def large_body(self, principal: str) -> AsyncIterator[None]:
        """Holds a slot while a large body is read and its operation run, within the principal's:
        parsed it takes ten times its bytes and more. QueryError LIMIT for one that waits for too
        long.
        """
        async with _place(self.large, principal, "operations with large bodies"):
            yield


@asynccontextmanager
async def _place(shares: ConcurrencyLimit, principal: str, of_what: str) -> AsyncIterator[None]:
    is_on = False
    try:
        async with shares.slot(principal, WAIT_TIMEOUT_S):
            is_on = True
            yield
    except TimeoutError:
        if is_on:  # it is the operation's own
            raise
        raise _too_many(shares.size, of_what) from None


def _too_many(most: int, of_what: str) -> QueryError:
    message = (
        f"At most {most} {of_what} at once; this one waited for over {WAIT_TIMEOUT_S:g} s."
        " Try again when those before it are done."
    )
    return QueryError(QueryErrorCode.LIMIT, message, status=429, retryAfter=1)
