"""Whether a connection that waited in a pool is still one."""

from __future__ import annotations

import select
from typing import Any

from psycopg import AsyncConnection, Connection
from psycopg_pool import AsyncConnectionPool, ConnectionPool


def check(connection: Connection[Any]) -> None:
    """For a pool to call before it lends a connection. OperationalError when it is lost.

    A server that closes a connection (restarted, failed over, terminated) says so: there is
    something to read on a socket that ought to be silent. Looking costs 1-2 µs, asking the server
    50 µs or more; so the server is asked only when the socket is not silent.
    """
    if not _is_silent(connection.fileno()):
        ConnectionPool.check_connection(connection)


async def check_async(connection: AsyncConnection[Any]) -> None:
    """The same for an asynchronous pool."""
    if not _is_silent(connection.fileno()):
        await AsyncConnectionPool.check_connection(connection)


def _is_silent(fileno: int) -> bool:
    poll = select.poll()
    poll.register(fileno, select.POLLIN)
    return not poll.poll(0)
