"""The role that the service acts in.

Roles are the cluster's, not the database's: they are in no dump of the database, and other
databases of the cluster may make the same one at the same moment. So this is no step that is taken
once, but looked after at every migration.
"""

from __future__ import annotations

import time

from psycopg import Connection, errors, sql
from psycopg.rows import TupleRow

from service.database.connections import SERVICE_ROLE

ATTEMPTS = 50
"""Attempts. Of those that collide one succeeds each time, so this many databases may be migrated at
once.
"""

RACES = (errors.DuplicateObject, errors.UniqueViolation, errors.InternalError_)
"""The exceptions of the later of two that collide: the name is there, is being put there, or its
row just changed ("tuple concurrently updated", for which PostgreSQL has no code of its own but
XX000).
"""


class MigrationRefused(Exception):
    """The database, or the login, is not what the migration needs; the message says what to do."""


def ensure_service_role(connection: Connection[TupleRow]) -> None:
    """Makes the role, and lets the migrating login act in it, unless both is so already."""
    for attempt in range(ATTEMPTS):
        try:
            with connection.transaction():
                _make(connection)
            return
        except RACES:
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(0.01)
        except errors.InsufficientPrivilege as denied:
            raise MigrationRefused(
                f"The login may not set up the role {SERVICE_ROLE} ({denied.diag.message_primary})."
                f" Ask an administrator to run: CREATE ROLE {SERVICE_ROLE} NOLOGIN;"
                f" GRANT {SERVICE_ROLE} TO {connection.info.user};"
            ) from denied


def _make(connection: Connection[TupleRow]) -> None:
    role = sql.Identifier(SERVICE_ROLE)
    query = "SELECT true FROM pg_roles WHERE rolname = %s"
    if connection.execute(query, [SERVICE_ROLE]).fetchone() is None:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
    if not _may_act_in_it(connection):
        grant = sql.SQL("GRANT {} TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")
        connection.execute(grant.format(role))


def _may_act_in_it(connection: Connection[TupleRow]) -> bool:
    row = connection.execute("SELECT pg_has_role(%s, 'SET')", [SERVICE_ROLE]).fetchone()
    return row is not None and bool(row[0])
