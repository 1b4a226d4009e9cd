"""Checks that the service can run on a database server."""

from __future__ import annotations

from psycopg import Connection
from psycopg.rows import TupleRow

OLDEST_VERSION = 180000
"""As PostgreSQL counts: 18.0. MAINTAIN is a privilege of its own since 17, and uuidv7() is new."""

EXTENSIONS = ("pg_trgm",)

ENCODING = "UTF8"


class UnsuitableServer(Exception):
    """The database cannot hold the service's data; the message tells why and what to do."""


def check_server(connection: Connection[TupleRow]) -> None:
    """Raises UnsuitableServer with the first reason against the server or the database."""
    check_version(connection.info.server_version)
    check_encoding(connection.info.parameter_status("server_encoding") or "unknown")
    query = "SELECT name FROM pg_available_extensions"
    check_extensions({name for (name,) in connection.execute(query)})


def check_version(number: int) -> None:
    """Requires a version. `number` is PostgreSQL's server_version_num: 180006 is 18.6, 90624 is
    9.6.24.
    """
    if number >= OLDEST_VERSION:
        return
    if number >= 100000:
        version = f"{number // 10000}.{number % 10000}"
    else:
        version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    raise UnsuitableServer(
        f"The database server is PostgreSQL {version}; the service needs"
        f" {OLDEST_VERSION // 10000} or newer."
    )


def check_encoding(encoding: str) -> None:
    """Requires UTF-8: names are in any script."""
    if encoding != ENCODING:
        raise UnsuitableServer(
            f"The database's encoding is {encoding}; the service needs {ENCODING}:"
            " CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0."
        )


def check_extensions(available: set[str]) -> None:
    """Requires the extensions of the search to be available; `segments migrate` installs them into
    the database.
    """
    missing = [name for name in EXTENSIONS if name not in available]
    if missing:
        raise UnsuitableServer(
            f"The database server lacks the extension {' and '.join(missing)}; install the"
            " contrib package of its PostgreSQL (postgresql-contrib, or the like)."
        )
