"""The snapshot of the read model from which one operation reads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import psycopg
from psycopg import AsyncConnection

from domain.kernel.read_model_behind import ReadModelBehind
from projections.sql.database import Pool, Rows, Values

Wait = Callable[[int], Awaitable[object]]
"""Waits until the read model is at a position, or for as long as is bearable."""

_BEGIN = b"""
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    LOCK TABLE read_model.progress IN ACCESS SHARE MODE;
    SELECT position FROM read_model.progress
"""
"""One round trip. The lock comes first: it holds a switch to a rebuilt read model back, whose names
would mean other tables (projections/rebuild/switch.py).
"""


class OperationSnapshot:
    """The read model at one position, for all that an operation reads of it.

    It begins with the first read, on one connection of the pool, which is given back by `release`.
    Queries take turns on it. It is for one event loop.
    """

    def __init__(self, pool: Pool, wait: Wait) -> None:
        self.pool = pool
        self.at_least = 0
        self._wait = wait
        self._running: set[asyncio.Task[Rows]] = set()
        self._reset()

    def _reset(self) -> None:
        self.position: int | None = None
        self._stack = AsyncExitStack()
        self._connection: AsyncConnection[Any] | None = None
        self._turns = asyncio.Lock()
        self._failure: Exception | None = None
        self._is_released = False

    async def begin(self) -> int:
        """Begins the snapshot, if it has not begun, and returns its position. ReadModelBehind when
        the server that answers lacks what was promised; psycopg.Error when it does not answer.
        """
        if self.position is None:
            await self._run(None, ())
        assert self.position is not None  # noqa: S101 - it has begun, or raised
        return self.position

    async def fetch(self, query: str, values: Values, prepare: bool | None = None) -> Rows:
        """Returns all rows of the answer; raises what `begin` does. One query that fails ends the
        snapshot: later ones fail in the same way.
        """
        return await self._run(query, values, prepare)

    async def release(self) -> None:
        """Ends the snapshot, and the queries that are still running: nobody waits for them."""
        self._is_released = True
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        await self._stack.aclose()

    async def renew(self, at_least: int | None = None) -> None:
        """Ends the snapshot; the next read begins another, at `at_least` or later."""
        await self.release()
        self.at_least = max(self.at_least, at_least or 0)
        self._reset()

    async def _run(self, query: str | None, values: Values, prepare: bool | None = None) -> Rows:
        """Runs a query in a task of its own: when one field is cancelled, as another has failed,
        the query must not be, which would end the transaction for all others.
        """
        if self._is_released:
            raise RuntimeError("The operation has ended: nothing more is read for it.")
        running = asyncio.create_task(self._in_turn(query, values, prepare))
        self._running.add(running)
        running.add_done_callback(self._running.discard)
        return await asyncio.shield(running)

    async def _in_turn(self, query: str | None, values: Values, prepare: bool | None) -> Rows:
        async with self._turns:
            if self._failure is not None:
                raise self._failure
            try:
                connection = self._connection or await self._begun()
                if query is None:
                    return []
                cursor = await connection.execute(query.encode(), values, prepare=prepare)
                return await cursor.fetchall()
            except (psycopg.Error, ReadModelBehind) as failure:
                self._failure = failure
                raise

    async def _begun(self) -> AsyncConnection[Any]:
        await self._wait(self.at_least)  # before there is a connection, which others may need
        connection = await self._stack.enter_async_context(self.pool.connection())
        cursor = await connection.execute(_BEGIN)
        while cursor.nextset():
            pass
        row = await cursor.fetchone()
        self.position = 0 if row is None else int(row[0])
        self._connection = connection
        return connection
