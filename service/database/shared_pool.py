"""A pool of which no principal gets all connections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from graph.support.lines import share_of
from graph.support.shares import Shares
from projections.sql.database import ASKED_BY
from service.database.resilient_pool import AsynchronousConnection, ResilientAsyncPool


class SharedPool(ResilientAsyncPool[AsynchronousConnection]):
    """Leaves a quarter of the connections, one at least, to others than the principal that a query
    is for; further queries of theirs wait, without a connection.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.shares = Shares(share_of(self.max_size))

    @asynccontextmanager
    async def connection(
        self,
        timeout: float | None = None,  # noqa: ASYNC109 - the pool's own
    ) -> AsyncIterator[AsynchronousConnection]:
        """Lends a connection, within the share of the principal in `ASKED_BY`."""
        principal = ASKED_BY.get()
        async with AsyncExitStack() as stack:
            if principal is not None:
                await stack.enter_async_context(self.shares.place(principal))
            yield await stack.enter_async_context(super().connection(timeout))
