"""The database for building and switching read models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.names import READ_MODEL
from projections.engine.schema import ensure
from projections.rebuild.context import RebuildContext
from projections.site import SITE
from service.database.connections import SERVICE_ROLE, on_primary, service_conninfo
from service.database.log_store.recorder import LogRecorder
from service.database.migrations import alone, migrate, pending
from service.settings import Settings

READERS = 2
"""Connections for the log: one reads ahead while what was read is folded."""


@contextmanager
def rebuild_context(owner_url: str, owner: Connection[TupleRow]) -> Iterator[RebuildContext]:
    """Returns the context of a process that is alone with the database already, with the owner's
    connection.
    """
    session = on_primary(service_conninfo(owner_url, "pg_catalog"))
    with LogRecorder(owner_url, READERS) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        yield RebuildContext(owner, SERVICE_ROLE, lambda: psycopg.connect(session), log, SITE)


@contextmanager
def context_to_build(settings: Settings, url: str) -> Iterator[RebuildContext]:
    """Yields a context, alone with a database that has everything but, perhaps, the read model of
    this release.

    Pending steps are taken first; the read model that is read stays as it is. If it is this
    release's and no process keeps it up to date, that is done now.
    """
    owner_url = settings.owner_database_url or url
    if pending(url):
        migrate(owner_url)
    with alone(owner_url) as owner, rebuild_context(owner_url, owner) as context:
        if context.version(READ_MODEL) is None:
            ensure(owner, SERVICE_ROLE, SITE)
        if context.version(READ_MODEL) == SITE.version:
            context.projector(READ_MODEL).stand_in()
        yield context
