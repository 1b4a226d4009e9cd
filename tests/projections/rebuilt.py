"""The read model against itself, built from scratch: they must not differ in a single row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.names import READ_MODEL
from projections.engine.projector import Projector
from projections.rebuild.build import build
from projections.rebuild.comparison import compare
from projections.rebuild.context import BATCH, RebuildContext
from projections.site import SITE
from service.database.connections import SERVICE_ROLE, service_conninfo
from service.database.log_store.recorder import LogRecorder


@contextmanager
def rebuild_context(url: str, batch: int = BATCH) -> Iterator[RebuildContext]:
    """A database as those see it who may build and switch."""
    session = service_conninfo(url, "pg_catalog")
    with LogRecorder(url, 2) as recorder, psycopg.connect(url, autocommit=True) as owner:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        yield RebuildContext(
            owner, SERVICE_ROLE, lambda: psycopg.connect(session), log, SITE, batch
        )


@contextmanager
def projector(url: str, schema: str = READ_MODEL, batch: int = BATCH) -> Iterator[Projector]:
    """A projector for one schema of the database, not running."""
    with rebuild_context(url, batch) as there:
        yield there.projector(schema)


def rebuild(url: str, batch: int = BATCH) -> int:
    """Builds the whole read model beside the live one; the position that it reached."""
    with rebuild_context(url, batch) as there:
        return build(there)


def differences(url: str) -> list[str]:
    """The tables of which a row is in one of the two but not in the other, or not the same."""
    with rebuild_context(url) as there:
        _, compared = compare(there)
    return [f"{one.table}: {one.examples}" for one in compared if one.differing]
