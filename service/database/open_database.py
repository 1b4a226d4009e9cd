"""Opens the database of the settings: the one that is set, or the service's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from projections.engine.names import NEXT, READ_MODEL
from projections.engine.schema import ensure, is_current
from projections.rebuild.switch import switch
from projections.site import SITE
from service.database.connections import SERVICE_ROLE, on_primary, service_conninfo
from service.database.migrations import migrate, pending
from service.database.postgres.embedded import embedded
from service.database.rebuilding import rebuild_context
from service.settings import Settings


def settings_with(data: Path | None = None, **given: object) -> Settings:
    """Returns the settings, with the command line's values on top."""
    named = {name: value for name, value in given.items() if value is not None}
    return Settings(**({"data_dir": data} if data else {}), **named)  # type: ignore[arg-type]


@contextmanager
def database(settings: Settings) -> Iterator[str]:
    """Yields the URL of the database, which runs as long as the block does."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with embedded(settings.data_dir) as url:
        yield url


@contextmanager
def migrated_database(settings: Settings) -> Iterator[str]:
    """Yields the URL of the database, brought up to date first."""
    with database(settings) as url:
        if not is_up_to_date(url):
            bring_up_to_date(settings, url)
        yield url


def bring_up_to_date(settings: Settings, url: str) -> list[str]:
    """Takes the pending steps and makes the read model's schema; returns the steps that were
    taken.
    """
    owner_url = settings.owner_database_url or url
    return migrate(owner_url, partial(ensure_read_model, owner_url))


def is_up_to_date(url: str) -> bool:
    """Whether nothing needs doing: then no owner is needed, either."""
    if pending(url):
        return False
    with psycopg.connect(on_primary(service_conninfo(url, "pg_catalog"))) as connection:
        return is_current(connection, SITE)


def ensure_read_model(owner_url: str, owner: Connection[TupleRow]) -> None:
    """Makes the read model's schema, as this code builds it: the last part of every migration.

    That of another release gives way to the one that was built beside it, if there is one; else to
    an empty one.
    """
    if not _switched(owner_url, owner):
        ensure(owner, SERVICE_ROLE, SITE)


def _switched(owner_url: str, owner: Connection[TupleRow]) -> bool:
    with rebuild_context(owner_url, owner) as context:
        if (
            context.version(READ_MODEL) in {None, SITE.version}
            or context.version(NEXT) != SITE.version
        ):
            return False
        if context.position(NEXT) > context.position(READ_MODEL):  # it was emptied since
            return False
        switch(context)
    return True
