"""Snapshots of the read model at one position, from which commands are primed, in threads of their
own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, Cursor, IsolationLevel
from psycopg_pool import ConnectionPool

from domain.kernel.read_model_behind import ReadModelBehind

Pool = ConnectionPool[Connection[Any]]


@contextmanager
def snapshot(pool: Pool, at_least: int = 0) -> Iterator[tuple[int, Cursor[Any]]]:
    """Opens a snapshot: the read model at one position, however many queries are made in the block.
    ReadModelBehind when it is not at `at_least` yet.

    Names of tables are looked up anew by each query, and would mean another schema once the read
    model has been switched: with rows in it that this transaction cannot see. So the switch is held
    back (projections/rebuild/switch.py); the lock comes first, as it takes no snapshot itself.
    """
    with pool.connection() as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        try:
            with connection.transaction(), connection.cursor() as cursor:
                cursor.execute("LOCK TABLE progress IN ACCESS SHARE MODE")
                row = cursor.execute("SELECT position FROM progress").fetchone()
                if row is None:
                    raise LookupError("the read model is not there yet")
                if row[0] < at_least:
                    raise ReadModelBehind(at_least, row[0])
                yield int(row[0]), cursor
        finally:
            connection.isolation_level = None
            connection.read_only = None
