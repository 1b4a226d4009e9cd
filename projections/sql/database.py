"""Asking the read model."""

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
"""Seconds after which the server ends a question that somebody waits for."""


ASKED_BY: ContextVar[str | None] = ContextVar("principal who asks", default=None)
"""For whom the read model is asked, when it is for somebody."""


@contextmanager
def for_all() -> Iterator[None]:
    """What is asked within the block is waited for by many, whoever came first: it takes the share
    of none of them, for which the others would wait.
    """
    token = ASKED_BY.set(None)
    try:
        yield
    finally:
        ASKED_BY.reset(token)


class Database:
    """One query on one connection of a pool at a time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def fetch(self, query: str, values: Values, prepare: bool | None = None) -> Rows:
        """All rows of the answer."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), values, prepare=prepare)
            return await cursor.fetchall()

    async def fetch_unprepared(self, query: str, values: Values) -> Rows:
        """The same, planned for these very values. A prepared search may come to be planned once
        for every term: 5 s for a term that stands in one text of a million, and is looked for in
        all of them.
        """
        return await self.fetch(query, values, prepare=False)
