"""Connections to servers that each have a position of their own: replicas that lag, or a server
that took another's place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from domain.kernel.read_model_behind import ReadModelBehind
from projections.engine.position import QUICK_POLL, WAIT_TIMEOUT_S
from projections.engine.promise import promised
from service.database.shared_pool import SharedPool

GOOD_FOR = 1.0
"""Seconds for which a known position is believed: under a connection the read model may be made
anew.
"""

_LOOK = "SELECT position FROM read_model.progress"


class _Seen(NamedTuple):
    """The read model's position, and the time at which it was read."""

    position: int
    at: float


_NOTHING = _Seen(0, float("-inf"))


class FollowingPool(SharedPool[AsyncConnection[TupleRow]]):
    """Lends a caller that was promised a position a connection that sees it. Reading the position,
    on that very connection, takes 0.1 ms, once for each connection and position, and each second.
    """

    def __init__(self, *given: Any, clock: Callable[[], float] = monotonic, **named: Any) -> None:
        super().__init__(*given, **named)
        self._clock = clock
        self._seen: WeakKeyDictionary[AsyncConnection[TupleRow], _Seen] = WeakKeyDictionary()

    async def getconn(self, timeout: float | None = None) -> AsyncConnection[TupleRow]:  # noqa: ASYNC109
        """Returns a connection. ReadModelBehind when none sees the position in time: then the last
        that was tried is closed, as another server may answer the next.
        """
        end = monotonic() + WAIT_TIMEOUT_S
        while True:
            connection = await super().getconn(timeout)
            is_last = monotonic() > end
            if await self._is_there(connection, promised(), is_last=is_last):
                return connection
            if is_last:
                raise ReadModelBehind(promised(), self._seen[connection].position)
            await asyncio.sleep(QUICK_POLL)

    async def _is_there(
        self, connection: AsyncConnection[TupleRow], position: int, *, is_last: bool
    ) -> bool:
        """Whether the connection sees the position; if not it is returned to the pool."""
        try:
            seen = await self._looked(connection, position)
        except BaseException:
            await self.putconn(connection)
            raise
        if position <= seen:
            return True
        if is_last:
            await connection.close()
        await self.putconn(connection)
        return False

    async def _looked(self, connection: AsyncConnection[TupleRow], position: int) -> int:
        """Returns the connection's position: the known one if that is recent and far enough, else
        it is read.
        """
        seen, now = self._seen.get(connection, _NOTHING), self._clock()
        if position and (position > seen.position or now - seen.at >= GOOD_FOR):
            row = await (await connection.execute(_LOOK)).fetchone()
            seen = self._seen[connection] = _Seen(0 if row is None else int(row[0]), now)
        return seen.position
