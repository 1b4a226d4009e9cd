"""Checks that the database has as many connections as the processes need."""

from __future__ import annotations

import psycopg

from service.database.connections import service_conninfo
from service.database.pools import NOTE_CONNECTIONS, VAULT_CONNECTIONS
from service.settings import Settings

LEAST = 10
"""Connections of an idle process: one of each pool, and those below."""

OUTSIDE_POOLS = 5
"""Connections of the projector, the tree's follower, the notary, the listener, and the health
check.
"""

_AVAILABLE = """
    SELECT least(
        current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int
            - current_setting('reserved_connections')::int,
        nullif((SELECT rolconnlimit FROM pg_roles WHERE rolname = session_user), -1),
        nullif((SELECT datconnlimit FROM pg_database WHERE datname = current_database()), -1)
    )
"""


class TooFewConnections(Exception):
    """The database allows fewer connections than idle processes hold."""


def most(settings: Settings) -> int:
    """Returns the connections of one process that is as busy as it can be."""
    of_commands = 3 * settings.command_threads  # the log, the line before it, priming
    return of_commands + settings.read_pool + VAULT_CONNECTIONS + NOTE_CONNECTIONS + OUTSIDE_POOLS


def check_connections(url: str, settings: Settings, workers: int) -> str | None:
    """Returns a warning when so many workers may run out of connections; None otherwise.
    TooFewConnections when they would not even start.
    """
    available = _available(url)
    least, busiest = workers * LEAST, workers * most(settings)
    if available >= busiest:
        return None
    told = (
        f"The database lets in {available} connections; {workers} {_processes(workers)} of the"
        f" service need {least}, and up to {busiest} when busy. Raise max_connections (or the limit"
        " of the role or the database), or lower --workers, SEGMENTS_COMMAND_THREADS or"
        " SEGMENTS_READ_POOL."
    )
    if available < least:
        raise TooFewConnections(told)
    return told


def _available(url: str) -> int:
    with psycopg.connect(service_conninfo(url, "pg_catalog")) as connection:
        row = connection.execute(_AVAILABLE).fetchone()
    assert row is not None  # noqa: S101 - a query without FROM has a row
    return int(row[0])


def _processes(workers: int) -> str:
    return "process" if workers == 1 else "processes"
