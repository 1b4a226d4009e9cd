"""Connection pools for reads, for priming commands, for the vault, and for notes of actors and
access.
"""

from __future__ import annotations

from psycopg import AsyncConnection, Connection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from projections.sql.database import READ_TIMEOUT_S
from service.database.connections import (
    CONNECT_TIMEOUT,
    STATEMENT_TIMEOUT_S,
    ending_after,
    on_primary,
    service_conninfo,
)
from service.database.following_pool import FollowingPool
from service.database.resilient_pool import RECONNECT_TIMEOUT, ResilientAsyncPool, ResilientPool
from service.settings import Settings

READ_SEARCH_PATH = "read_model,extensions"
"""pg_catalog comes before both, as long as it is not named."""

VAULT_CONNECTIONS = 4
"""Connections; few, as keys are looked up in a millisecond, and nothing else is waited for
meanwhile.
"""

NOTE_CONNECTIONS = 2
"""Connections for notes beside the log: names of actors, and the access log."""

ReadPool = AsyncConnectionPool[AsyncConnection[TupleRow]]
PrimingPool = ConnectionPool[Connection[TupleRow]]


def priming_pool(database_url: str, size: int) -> PrimingPool:
    """Returns a pool with one connection for each thread that runs commands, on the primary; not
    open yet.
    """
    return _blocking_pool(database_url, size, "priming", min_size=1)


def vault_pool(database_url: str) -> PrimingPool:
    """Returns a small pool on the primary for the keys of people; not open yet.

    A command that asks for a key may hold a connection of the priming pool: were it the same pool,
    each of its users could wait for the others to give one back.
    """
    return _blocking_pool(database_url, VAULT_CONNECTIONS, "vault", min_size=0)


def _blocking_pool(database_url: str, size: int, name: str, *, min_size: int) -> PrimingPool:
    session = service_conninfo(database_url, READ_SEARCH_PATH, **ending_after(STATEMENT_TIMEOUT_S))
    return ResilientPool(
        on_primary(session),
        kwargs={"autocommit": True},
        min_size=min_size,
        max_size=size,
        timeout=CONNECT_TIMEOUT,
        reconnect_timeout=RECONNECT_TIMEOUT,
        open=False,
        name=name,
    )


def note_pool(database_url: str) -> ReadPool:
    """Returns a small pool on the primary, whichever replica answers the reads; not open yet."""
    return ResilientAsyncPool(
        on_primary(_asked(database_url)),
        kwargs={"autocommit": True},
        min_size=1,
        max_size=NOTE_CONNECTIONS,
        timeout=CONNECT_TIMEOUT,
        reconnect_timeout=RECONNECT_TIMEOUT,
        open=False,
        name="notes",
    )


def read_conninfo(settings: Settings, database_url: str) -> str:
    """Returns a connection string for reads: of the database that the settings name for them,
    whichever host of it answers; else of the host that is written to.
    """
    if settings.read_database_url is not None:
        return _asked(settings.read_database_url)
    return on_primary(_asked(database_url))


def _asked(url: str) -> str:
    """Returns the connection string of sessions whose queries a caller waits for."""
    return service_conninfo(url, READ_SEARCH_PATH, **ending_after(READ_TIMEOUT_S))


def read_pool(settings: Settings, database_url: str) -> ReadPool:
    """Returns the pool that reads are answered from, not open yet: `async with` it, or open() and
    close().

    `database_url` is the server that the service runs on (the embedded one's, when none is set); a
    replica named in the settings is preferred, or several, each of which may lag by another amount.
    Also the one host that is written to is another after a failover, or an older one after a
    restore. Connections are in autocommit, as the service's role, and rows are tuples. PoolTimeout,
    an OperationalError, when no connection is available.
    """
    return FollowingPool(
        read_conninfo(settings, database_url),
        kwargs={"autocommit": True},
        min_size=1,
        max_size=settings.read_pool,
        timeout=CONNECT_TIMEOUT,
        reconnect_timeout=RECONNECT_TIMEOUT,
        open=False,
        name="reads",
    )
