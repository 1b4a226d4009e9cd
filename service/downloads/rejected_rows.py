"""The rejected rows of uploads, kept for an hour for the user who uploaded them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from domain.kernel.clock import Clock
from service.downloads.packing import packed, unpacked

Pool = AsyncConnectionPool[AsyncConnection[Any]]

RETENTION = timedelta(hours=1)


class RejectedRows:
    """Files by an id that nobody can guess."""

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock

    async def store(self, principal: str, pieces: Iterable[bytes]) -> str:
        """Keeps a file for the principal with that id; returns the path at which it is fetched. The
        pieces are made, and compressed, in a thread.
        """
        content = await asyncio.to_thread(packed, pieces)
        file, now = uuid4(), self._clock()
        async with self._pool.connection() as connection:
            await connection.execute(
                "INSERT INTO uploads.rejected_rows (id, principal, expires_at, content)"
                " VALUES (%s, %s, %s, %b)",  # as bytes: in hexadecimal they are twice as many
                [file, principal, now + RETENTION, content],
            )
        return f"/files/uploads/{file.hex}/rejected.csv"

    async def purge(self) -> int:
        """Deletes all that were kept for long enough, or by a clock that was put back since by more
        than an hour; returns their number.
        """
        now = self._clock()
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "DELETE FROM uploads.rejected_rows WHERE expires_at <= %s OR expires_at > %s",
                [now, now + 2 * RETENTION],
            )
            return cursor.rowcount

    async def read(self, principal: str, file: UUID) -> Iterator[bytes] | None:
        """Returns the file in pieces; None when there is none, no longer, or when it is
        another's.
        """
        async with self._pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(
                "SELECT content FROM uploads.rejected_rows"
                " WHERE id = %s AND principal = %s AND expires_at > %s",
                [file, principal, self._clock()],
            )
            row = await cursor.fetchone()
        return None if row is None else unpacked(bytes(row[0]))
