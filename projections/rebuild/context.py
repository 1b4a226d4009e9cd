"""The schemas of read models, with the connections that it takes to build there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql

from domain.log import EventLog
from projections.engine.names import READ_MODEL
from projections.engine.projection import Projection
from projections.engine.projector import Projector
from projections.engine.schema import version_of

BATCH = 25_000
"""Events in a transaction: nobody waits for them, and what changes several times is written
once.
"""

BATCH_BYTES = 16 * 1024 * 1024
"""Bytes of their data; two batches are in memory at a time."""


@dataclass(frozen=True, slots=True)
class RebuildContext:
    """The database for those who may build and switch. Only one at a time may: callers see to that.

    `owner` is a connection of the owner of the schemas, in autocommit; `connect` makes connections
    of the service's role, to which the tables belong.
    """

    owner: Connection[Any]
    role: str
    connect: Callable[[], Connection[Any]]
    log: EventLog
    projection: Projection
    batch: int = BATCH

    def projector(self, schema: str) -> Projector:
        """Returns the projector that fills a schema."""
        return Projector(
            self.connect,
            self.log,
            self.projection,
            schema=schema,
            batch=self.batch,
            batch_bytes=BATCH_BYTES,
        )

    def version(self, schema: str) -> int | None:
        """Returns the version of the code that built a schema; None when it does not exist."""
        with self.connect() as connection:
            return version_of(connection, schema)

    def position(self, schema: str = READ_MODEL) -> int:
        """Returns the position of a schema."""
        with self.connect() as connection:
            return position_of(connection, schema)

    @contextmanager
    def held(self) -> Iterator[int]:
        """Holds the read model still while the block runs, in which it can be read; yields its
        position.
        """
        with self.connect() as connection, connection.transaction():
            yield position_of(connection, READ_MODEL, " FOR UPDATE")


def position_of(connection: Connection[Any], schema: str, lock: str = "") -> int:
    """Returns the position of a schema, as the connection sees it. LookupError for a schema that
    does not exist.
    """
    query = sql.SQL("SELECT position FROM {}" + lock).format(sql.Identifier(schema, "progress"))
    row = connection.execute(query).fetchone()
    if row is None:
        raise LookupError(f"{schema} is not there yet")
    return int(row[0])
