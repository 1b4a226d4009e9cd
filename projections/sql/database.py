"""Queries of the read model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

Pool = AsyncConnectionPool[AsyncConnection[Any]]
Rows = list[tuple[Any, ...]]
Values = Sequence[Any] | Mapping[str, Any]

READ_TIMEOUT_S = 30.0
"""Seconds after which the server cancels a query that somebody waits for."""


ASKED_BY: ContextVar[str | None] = ContextVar("principal who asks", default=None)
"""The principal for whom the read model is queried, if any."""


class Snapshot(Protocol):
    """A snapshot of the database of a pool (operation_snapshot.py)."""

    @property
    def pool(self) -> Pool: ...

    async def fetch(self, query: str, values: Values, prepare: bool | None = None) -> Rows:
        """Returns all rows of the answer."""
        ...


_SNAPSHOT: ContextVar[Snapshot | None] = ContextVar("snapshot", default=None)


@contextmanager
def reading_from(snapshot: Snapshot | None) -> Iterator[None]:
    """Reads within the block, and in tasks begun there, are from that snapshot; None: each sees
    what is there at its own moment.
    """
    token = _SNAPSHOT.set(snapshot)
    try:
        yield
    finally:
        _SNAPSHOT.reset(token)


@contextmanager
def for_all() -> Iterator[None]:
    """Marks the queries within the block as for all principals: many wait for them, whoever came
    first, so they take the share of none, for which the others would wait, and read from no
    operation's snapshot.
    """
    token = ASKED_BY.set(None)
    try:
        with reading_from(None):
            yield
    finally:
        ASKED_BY.reset(token)


class Database:
    """Runs queries on connections of a pool: those of an operation on the one that holds its
    snapshot, in turn; any other on one of its own.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def fetch(self, query: str, values: Values, prepare: bool | None = None) -> Rows:
        """Returns all rows of the answer."""
        snapshot = _SNAPSHOT.get()
        if snapshot is not None and snapshot.pool is self._pool:
            return await snapshot.fetch(query, values, prepare)
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), values, prepare=prepare)
            return await cursor.fetchall()

    async def fetch_unprepared(self, query: str, values: Values) -> Rows:
        """Returns all rows, planned for these very values. A prepared search may come to be planned
        once for every term: 5 s for a term that stands in one text of a million, and is looked for
        in all of them.
        """
        return await self.fetch(query, values, prepare=False)
