"""Where read models stand side by side, and what it takes to build there."""

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
"""Events a transaction: nobody waits for them, and what changes several times is written once."""

BATCH_BYTES = 16 * 1024 * 1024
"""Of their data; two batches are in memory at a time."""


@dataclass(frozen=True, slots=True)
class RebuildContext:
    """The database as those see it who may build and switch. One at a time may: see to that.

    `owner` is the connection of who owns the schemas, in autocommit; `connect` makes connections of
    the service's role, to which the tables belong.
    """

    owner: Connection[Any]
    role: str
    connect: Callable[[], Connection[Any]]
    log: EventLog
    projection: Projection
    batch: int = BATCH

    def projector(self, schema: str) -> Projector:
        """What fills a schema."""
        return Projector(
            self.connect,
            self.log,
            self.projection,
            schema=schema,
            batch=self.batch,
            batch_bytes=BATCH_BYTES,
        )

    def version(self, schema: str) -> int | None:
        """Of the code that built a schema; None when it is not there."""
        with self.connect() as connection:
            return version_of(connection, schema)

    def position(self, schema: str = READ_MODEL) -> int:
        """How far a schema is."""
        with self.connect() as connection:
            return position_of(connection, schema)

    @contextmanager
    def held(self) -> Iterator[int]:
        """The read model stands still while the block runs, and is read all the while: where."""
        with self.connect() as connection, connection.transaction():
            yield position_of(connection, READ_MODEL, " FOR UPDATE")


def position_of(connection: Connection[Any], schema: str, lock: str = "") -> int:
    """How far a schema is, as the connection sees it. LookupError for a schema that is not made."""
    query = sql.SQL("SELECT position FROM {}" + lock).format(sql.Identifier(schema, "progress"))
    row = connection.execute(query).fetchone()
    if row is None:
        raise LookupError(f"{schema} is not there yet")
    return int(row[0])
