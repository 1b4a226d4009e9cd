"""The read model against itself, built from scratch: they must not differ in a single row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.projector import BATCH, Projector
from projections.engine.schema import READ_MODEL, create
from service.database.connections import SERVICE_ROLE, service_conninfo
from service.database.log_recorder import LogRecorder

REBUILT = "read_model_rebuilt"
TABLES = (
    "segments",
    "segment_states",
    "segment_numbers",
    "users",
    "members",
    "memberships",
    "rosters",
    "roster_counts",
    "roster_changes",
    "recorded_events",
    "recorded_types",
    "recorded_actors",
    "progress",
)


@contextmanager
def projector(url: str, schema: str = READ_MODEL, batch: int = BATCH) -> Iterator[Projector]:
    """A projector for one schema of the database, not running."""
    with LogRecorder(url, 2) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        session = service_conninfo(url, "pg_catalog")
        yield Projector(lambda: psycopg.connect(session), log, schema=schema, batch=batch)


def rebuild(url: str, batch: int = BATCH) -> int:
    """Builds the whole read model beside the live one; the position that it reached."""
    with psycopg.connect(url) as owner:
        create(owner, SERVICE_ROLE, REBUILT)
    with projector(url, REBUILT, batch) as beside:
        return beside.catch_up()


def differences(url: str) -> list[str]:
    """The rows that are in one of the two but not in the other."""
    found: list[str] = []
    with psycopg.connect(url) as connection:
        for table in TABLES:
            live, rebuilt = sql.Identifier(READ_MODEL, table), sql.Identifier(REBUILT, table)
            for ours, theirs in ((live, rebuilt), (rebuilt, live)):
                query = sql.SQL("(TABLE {}) EXCEPT (TABLE {})").format(ours, theirs)
                found += [f"{table}: {row}" for row in connection.execute(query)]
    return found
