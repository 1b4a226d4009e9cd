"""Pools that lend no lost connection, and recover soon after an outage.

psycopg's pools have a check of their own, which after a restart of the server is of little use:
they wait a second after the first lost connection, two after the next, four after that, so that
eight lost connections outlast any timeout; and asking the server costs 50 µs or more each time.
"""

from __future__ import annotations

import select
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection, Connection
from psycopg_pool import AsyncConnectionPool, ConnectionPool, PoolTimeout

RECONNECT_TIMEOUT = 5.0
"""Seconds for which a pool tries to replace a lost connection by itself; then each caller that
waits for a connection makes it try again. Much longer, and it would pause for minutes between
tries.
"""

PATIENCE = 0.5
"""Seconds of one wait for a connection."""

SyncConnection = TypeVar("SyncConnection", bound=Connection[Any])
AsynchronousConnection = TypeVar("AsynchronousConnection", bound=AsyncConnection[Any])


class ResilientPool(ConnectionPool[SyncConnection]):
    """A pool of connections."""

    def getconn(self, timeout: float | None = None) -> SyncConnection:
        """Returns a connection that is not known to be lost. PoolTimeout when there is none in
        time.
        """
        remaining = _countdown(self.timeout if timeout is None else timeout)
        while True:
            connection = super().getconn(remaining())
            if _is_silent(connection) or _answers(connection):
                return connection
            connection.close()
            self.putconn(connection)


class ResilientAsyncPool(AsyncConnectionPool[AsynchronousConnection]):
    """A pool of asynchronous connections."""

    async def getconn(self, timeout: float | None = None) -> AsynchronousConnection:  # noqa: ASYNC109
        """Returns a connection, as above. It tries again at intervals: when other callers that wait
        are cancelled just then, psycopg's pool may keep a returned connection, and wake nobody for
        it.
        """
        remaining = _countdown(self.timeout if timeout is None else timeout)
        while True:
            try:
                connection = await super().getconn(min(remaining(), PATIENCE))
            except PoolTimeout:
                if remaining() > 0:
                    continue
                raise
            is_sound = False
            try:
                is_sound = _is_silent(connection) or await _answers_async(connection)
            finally:  # cancelled meanwhile, too: else the pool would lack it for good
                if not is_sound:
                    await connection.close()
                    await self.putconn(connection)
            if is_sound:
                return connection


def _countdown(seconds: float) -> Callable[[], float]:
    end = monotonic() + seconds
    return lambda: end - monotonic()


def _is_silent(connection: Connection[Any] | AsyncConnection[Any]) -> bool:
    """Whether there is nothing to read on a connection that waits in a pool: all is well then.

    A server that closes a connection (restarted, failed over, terminated) says so. Looking costs
    1-2 µs; only if something is there, and it may be harmless, the server is asked.
    """
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return not poll.poll(0)


def _answers(connection: Connection[Any]) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True


async def _answers_async(connection: AsyncConnection[Any]) -> bool:
    try:
        await AsyncConnectionPool.check_connection(connection)
    except psycopg.Error:
        return False
    return True
