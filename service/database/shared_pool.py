"""A pool of which no principal gets all connections."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from graph.support.scheduling.concurrency_limit import ConcurrencyLimit
from graph.support.scheduling.fair_queue import fair_share
from projections.sql.database import ASKED_BY
from service.database.resilient_pool import AsynchronousConnection, ResilientAsyncPool


class SharedPool(ResilientAsyncPool[AsynchronousConnection]):
    """Leaves a quarter of the connections, one at least, to others than the principal that a query
    is for; further queries of theirs wait, without a connection.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.shares = ConcurrencyLimit(fair_share(self.max_size))

    @asynccontextmanager
    async def connection(
        self,
        timeout: float | None = None,  # noqa: ASYNC109 - the pool's own
    ) -> AsyncIterator[AsynchronousConnection]:
        """Lends a connection, within the share of the principal in `ASKED_BY`."""
        principal = ASKED_BY.get()
        async with AsyncExitStack() as stack:
            if principal is not None:
                await stack.enter_async_context(self.shares.slot(principal))
            yield await stack.enter_async_context(super().connection(timeout))
