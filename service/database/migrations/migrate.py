"""Brings a database up to date, one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import Connection, errors, sql
from psycopg.rows import TupleRow

from service.database.connections import SERVICE_ROLE, on_primary, owner_conninfo
from service.database.migrations.roles import MigrationRefused, ensure_service_role
from service.database.migrations.steps import Step, all_steps
from service.database.postgres.server_check import check_server

__all__ = ["DatabaseTooNew", "MigrationRefused", "alone", "migrate", "pending"]

LOCK = 0x5E67_6D69_6772_6174
"""Key of the advisory lock that a process holds while it migrates, or builds a read model."""

LOCK_TIMEOUT = "10min"
"""Timeout for another process's migration."""

NOT_THE_OWNER = (
    "The login {login} may not migrate this database ({why}). Name the one that owns its schemas in"
    " SEGMENTS_OWNER_DATABASE_URL, or have that one hand over what it owns: REASSIGN OWNED BY …"
    " TO {login};"
)


class DatabaseTooNew(Exception):
    """A later release has migrated the database: this one cannot know what its own steps would do
    to it.
    """


def migrate(
    owner_url: str, after: Callable[[Connection[TupleRow]], None] | None = None
) -> list[str]:
    """Takes the pending steps and returns their names. Any number of processes may call it at once.

    `after` is called then, under the same lock, with the owner's connection, in autocommit.
    UnsuitableServer, DatabaseTooNew or MigrationRefused say why it cannot be done.
    """
    with _connection(owner_url) as connection:
        check_server(connection)
        with _alone(connection):
            ensure_service_role(connection)
            try:
                steps = _brought_up_to_date(connection)
                if after is not None:
                    after(connection)
            except errors.InsufficientPrivilege as denied:
                raise MigrationRefused(
                    NOT_THE_OWNER.format(
                        login=connection.info.user, why=denied.diag.message_primary
                    )
                ) from denied
    return [step.label for step in steps]


def _brought_up_to_date(connection: Connection[TupleRow]) -> list[Step]:
    _ensure_record(connection)
    steps = _pending(connection)
    for step in steps:
        _take(connection, step)
    return steps


def pending(url: str) -> list[str]:
    """Returns the steps that the database still needs; for any login that may act as the service,
    too.

    UnsuitableServer and DatabaseTooNew as above.
    """
    with _connection(url) as connection:
        check_server(connection)
        _act_as_service_if_possible(connection)
        return [step.label for step in _pending(connection)]


@contextmanager
def alone(owner_url: str) -> Iterator[Connection[TupleRow]]:
    """Yields the owner's connection, in autocommit; nobody migrates or rebuilds while the block
    runs.

    MigrationRefused when another process has been at it for too long.
    """
    with _connection(owner_url) as connection, _alone(connection):
        yield connection


@contextmanager
def _connection(url: str) -> Iterator[Connection[TupleRow]]:
    with psycopg.connect(on_primary(owner_conninfo(url)), autocommit=True) as connection:
        yield connection


def _act_as_service_if_possible(connection: Connection[TupleRow]) -> None:
    query = "SELECT true FROM pg_roles WHERE rolname = %s AND pg_has_role(oid, 'SET')"
    if connection.execute(query, [SERVICE_ROLE]).fetchone() is not None:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(SERVICE_ROLE)))


@contextmanager
def _alone(connection: Connection[TupleRow]) -> Iterator[None]:
    """Takes the lock. Closing the connection releases it, too."""
    connection.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
    try:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    except errors.LockNotAvailable as waited:
        raise MigrationRefused(
            f"Another process has been migrating or rebuilding this database for {LOCK_TIMEOUT}."
        ) from waited
    yield
    connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _ensure_record(connection: Connection[TupleRow]) -> None:
    role = sql.Identifier(SERVICE_ROLE)
    with connection.transaction():
        if not _has_record(connection):
            connection.execute("CREATE SCHEMA IF NOT EXISTS control")
            connection.execute(
                "CREATE TABLE control.migrations (number integer PRIMARY KEY, name text NOT NULL,"
                " applied_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp())"
            )
            connection.execute(sql.SQL("GRANT USAGE ON SCHEMA control TO {}").format(role))
            connection.execute(sql.SQL("GRANT SELECT ON control.migrations TO {}").format(role))


def _has_record(connection: Connection[TupleRow]) -> bool:
    query = "SELECT to_regclass('control.migrations') IS NOT NULL"
    return connection.execute(query).fetchone() == (True,)


def _pending(connection: Connection[TupleRow]) -> list[Step]:
    taken: set[int] = set()
    if _has_record(connection):
        rows = connection.execute("SELECT number FROM control.migrations")
        taken = {number for (number,) in rows}
    newest = all_steps()[-1].number
    if taken and max(taken) > newest:
        raise DatabaseTooNew(
            f"The database is at migration {max(taken)}, this release knows {newest} at most:"
            " a newer release has migrated it. Run that one, or restore a backup."
        )
    return [step for step in all_steps() if step.number not in taken]


def _take(connection: Connection[TupleRow], step: Step) -> None:
    """Takes the step and records it, or neither."""
    with connection.transaction():
        connection.execute(step.sql)
        record = "INSERT INTO control.migrations (number, name) VALUES (%s, %s)"
        connection.execute(record, [step.number, step.name])
