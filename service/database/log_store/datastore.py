"""The eventsourcing library's datastore, reached by a connection string."""

from __future__ import annotations

from eventsourcing.persistence import ProgrammingError
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.rows import DictRow, dict_row

from service.database.connections import CONNECT_TIMEOUT
from service.database.resilient_pool import RECONNECT_TIMEOUT, ResilientPool

LOG_SCHEMA = "log"

LOCK_TIMEOUT = 10
"""Seconds that a writer waits for the others; migration 0002 has the number in the text of its
function.
"""


class LogDatastore(PostgresDatastore):
    """A pool of connections, opened at first use and filled up again after a failure.

    The library's own takes host, port, user and password apart, so that several hosts, keepalives
    and TLS options have no way in. psycopg's errors come out as the library's; a lost connection
    or an exhausted pool is an OperationalError or an InterfaceError.
    """

    def __init__(self, conninfo: str, name: str, *, min_size: int, max_size: int) -> None:
        super().__init__("", "", "", "", "", schema=LOG_SCHEMA, lock_timeout=LOCK_TIMEOUT)
        # In place of the library's pool, which was never opened. It is no subclass of that one, but
        # all that is used of it is psycopg's.
        self.pool = ResilientPool(  # type: ignore[assignment]
            conninfo,
            connection_class=Connection[DictRow],
            kwargs={"row_factory": dict_row, "autocommit": True},
            min_size=min_size,
            max_size=max_size,
            open=False,
            timeout=CONNECT_TIMEOUT,
            reconnect_timeout=RECONNECT_TIMEOUT,
            name=name,
        )

    def check_complete(self) -> None:
        """Raises ProgrammingError when the database lacks a type that was asked for."""
        if not self.db_type_names <= self.psycopg_type_adapters.keys():
            raise ProgrammingError("The database has no log: run `segments migrate`.")
