"""Connections to servers that follow the primary, each in its own time."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from projections.engine.position import LONGEST_WAIT, QUICK_POLL, ReadModelBehind
from projections.engine.promise import promised
from service.database.shares import SharedPool

_LOOK = "SELECT position FROM read_model.progress"


class FollowingPool(SharedPool[AsyncConnection[TupleRow]]):
    """Lends whoever was promised a position a connection that sees it. The look, on that very
    connection, takes 0.1 ms, once for each connection and position.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._seen: WeakKeyDictionary[AsyncConnection[TupleRow], int] = WeakKeyDictionary()

    async def getconn(self, timeout: float | None = None) -> AsyncConnection[TupleRow]:  # noqa: ASYNC109
        """As any pool's. ReadModelBehind when none sees the position in time: then the last
        that was looked at is closed, as another server may answer the next.
        """
        end = monotonic() + LONGEST_WAIT
        while True:
            connection = await super().getconn(timeout)
            is_last = monotonic() > end
            if await self._is_there(connection, promised(), is_last=is_last):
                return connection
            if is_last:
                raise ReadModelBehind(promised(), self._seen[connection])
            await asyncio.sleep(QUICK_POLL)

    async def _is_there(
        self, connection: AsyncConnection[TupleRow], position: int, *, is_last: bool
    ) -> bool:
        """Whether it sees the position; if not it is given back."""
        try:
            if position > self._seen.get(connection, 0):
                row = await (await connection.execute(_LOOK)).fetchone()
                self._seen[connection] = 0 if row is None else int(row[0])
        except BaseException:
            await self.putconn(connection)
            raise
        if position <= self._seen.get(connection, 0):
            return True
        if is_last:
            await connection.close()
        await self.putconn(connection)
        return False
