"""The access log's writer: entries are noted at once, and written in batches a moment later.

The request does not wait for the disk. The guarantees:

- An entry is in the database within moments (FLUSH_INTERVAL_S and one round trip) of its being
  noted. A process that is killed loses what it noted in that time, one that is stopped nothing.
- While the database does not answer, entries wait in memory. When MAX_WAITING_BYTES do,
  nothing that would have to be noted is answered: there is no unlogged read.
- The time of an entry is that of the database's clock when it is written: the service cannot
  choose it.
- A connection that is lost while it commits may leave entries written twice, never none.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from sys import getsizeof
from typing import Any, NamedTuple, Self

import msgspec
import structlog
from psycopg import AsyncConnection, Connection, OperationalError
from psycopg_pool import AsyncConnectionPool

from domain.kernel.principal import Principal, Role
from projections.access.entry import Access
from projections.actors.reads import ActorReads

Pool = AsyncConnectionPool[AsyncConnection[Any]]

FLUSH_INTERVAL_S = 0.1
"""Seconds for which entries gather before they are written."""
MAX_WAITING_BYTES = 16 * 1024 * 1024
"""Bytes of entries that wait to be written: twenty thousand of one id each."""
BYTES_PER_ENTRY = 700
"""Bytes of one entry beside what it is about. Measured: 600."""
MAX_BATCH = 1_000
RETRY_INTERVAL_S = 1.0
FLUSH_TIMEOUT_S = 5.0
"""Seconds that a stopping process waits for the database."""

MAX_PURGED = 10_000
"""Entries that are deleted in one transaction."""

_ENTRY = "access.entries (actor, roles, operation, about, outcome, channel, request_id)"
_COPY = f"COPY {_ENTRY} FROM STDIN"
_INSERT = f"INSERT INTO {_ENTRY} VALUES (%s, %s, %s, %s, %s, %s, %s)"
_PURGE = "SELECT access.purge(%s)"


_Row = tuple[str, list[Role], str, str, str, str, str]
_ABOUT = 3
"""The index, in a row, of what the entry is about: the only part that a client makes long."""


class PendingEntries(NamedTuple):
    """An entry as it is written, and its principal."""

    principal: Principal
    row: _Row

    @classmethod
    def of(cls, access: Access) -> Self:
        """Returns the pending form of an entry."""
        return cls(access.principal, _row(access))

    @property
    def weight(self) -> int:
        """Bytes that it takes, approximately."""
        return BYTES_PER_ENTRY + getsizeof(self.row[_ABOUT])


class AccessLogFull(OperationalError):
    """Raised when no more can be noted until the database answers again."""


class AccessLog:
    """Writes the access log. One for a process."""

    def __init__(self, pool: Pool, actors: ActorReads) -> None:
        self._pool = pool
        self._actors = actors
        self._waiting: deque[PendingEntries] = deque()
        self._bytes = 0
        self._noted = asyncio.Event()
        self._writing = asyncio.Lock()
        self._under_way: set[asyncio.Task[None]] = set()
        self._logger = structlog.get_logger("access")

    def note(self, access: Access) -> None:
        """Notes an entry. AccessLogFull when too much waits to be written."""
        waiting = PendingEntries.of(access)
        if self._bytes + waiting.weight > MAX_WAITING_BYTES:
            raise AccessLogFull("the access log cannot be written")
        self._waiting.append(waiting)
        self._bytes += waiting.weight
        self._noted.set()

    async def run(self) -> None:
        """Writes until cancelled."""
        while True:
            await self._noted.wait()
            await asyncio.sleep(FLUSH_INTERVAL_S)
            self._noted.clear()
            try:
                await self.flush()
            except Exception as failure:  # noqa: BLE001 - entries wait, whatever it was
                self._logger.warning("the access log cannot be written yet", error=repr(failure))
                await asyncio.sleep(RETRY_INTERVAL_S)
                self._noted.set()

    async def flush(self) -> None:
        """Writes all that was noted so far.

        To the end, also when the task that waits for it is cancelled: what is committed, and not
        known to be yet, would be written again.
        """
        writing = asyncio.create_task(self._write_all())
        self._under_way.add(writing)
        writing.add_done_callback(self._under_way.discard)
        await asyncio.shield(writing)

    async def _write_all(self) -> None:
        async with self._writing:
            while self._waiting:
                batch = [self._waiting[i] for i in range(min(MAX_BATCH, len(self._waiting)))]
                await self._write(batch)
                for _ in batch:
                    self._bytes -= self._waiting.popleft().weight

    async def close(self) -> None:
        """Writes the rest; gives up, and logs how much is lost, when the database does not
        answer.
        """
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self.flush(), FLUSH_TIMEOUT_S)
        if self._waiting:
            self._logger.error("access log entries are lost", count=len(self._waiting))

    async def purge(self) -> int:
        """Deletes all entries that are too old, in batches; returns their number."""
        gone = 0
        while True:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(_PURGE, [MAX_PURGED])
                row = await cursor.fetchone()
            taken = 0 if row is None else int(row[0])
            gone += taken
            if taken < MAX_PURGED:
                return gone

    async def _write(self, batch: list[PendingEntries]) -> None:
        for principal in {entry.principal.id: entry.principal for entry in batch}.values():
            await self._actors.note(principal)  # else the name would be lost
        async with (
            self._pool.connection() as connection,
            connection.cursor() as cursor,
            cursor.copy(_COPY) as copy,
        ):
            for entry in batch:
                await copy.write_row(entry.row)


def note_now(connection: Connection[Any], access: Access) -> None:
    """Writes one entry at once: for command-line tools, as the system."""
    with connection.transaction():
        connection.execute(_INSERT, _row(access))


def _row(access: Access) -> _Row:
    return (
        access.principal.id,
        sorted(access.principal.roles),
        access.operation,
        msgspec.json.encode(access.about).decode(),
        access.outcome,
        access.channel.value,
        access.request_id,
    )
