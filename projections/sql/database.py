"""Queries of the read model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection[Any]]
Rows = list[tuple[Any, ...]]
Values = Sequence[Any] | Mapping[str, Any]

READ_TIMEOUT_S = 30.0
"""Seconds after which the server cancels a query that somebody waits for."""


ASKED_BY: ContextVar[str | None] = ContextVar("principal who asks", default=None)
"""The principal for whom the read model is queried, if any."""


@contextmanager
def for_all() -> Iterator[None]:
    """Marks the queries within the block as for all principals: many wait for them, whoever came
    first, so they take the share of none, for which the others would wait.
    """
    token = ASKED_BY.set(None)
    try:
        yield
    finally:
        ASKED_BY.reset(token)


class Database:
    """Runs queries, one on one connection of a pool at a time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def fetch(self, query: str, values: Values, prepare: bool | None = None) -> Rows:
        """Returns all rows of the answer."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), values, prepare=prepare)
            return await cursor.fetchall()

    async def fetch_unprepared(self, query: str, values: Values) -> Rows:
        """Returns all rows, planned for these very values. A prepared search may come to be planned
        once for every term: 5 s for a term that stands in one text of a million, and is looked for
        in all of them.
        """
        return await self.fetch(query, values, prepare=False)
