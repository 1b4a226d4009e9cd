"""Creates the read model's own schema: empty, and anew when the code that builds it changes."""

from __future__ import annotations

from importlib.resources import files

from psycopg import Connection, sql

from projections.engine.names import READ_MODEL
from projections.engine.projection import Projection

__all__ = ["READ_MODEL", "create", "ensure", "is_current", "script", "version_of"]


def ensure(
    connection: Connection, service_role: str, projection: Projection, schema: str = READ_MODEL
) -> None:
    """Creates the schema, or creates it anew when it was built by another version of the
    projection.

    Runs as the owner, inside the migration's advisory lock. It is empty at position 0 then: the
    projector fills it from the log.
    """
    with connection.transaction():
        # The tables are the service's: an owner who is no superuser cannot look into them.
        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(service_role)))
        if is_current(connection, projection, schema):
            return
    with connection.transaction():
        create(connection, service_role, projection, schema)


def create(
    connection: Connection, service_role: str, projection: Projection, schema: str = READ_MODEL
) -> None:
    """Drops the schema and creates it empty. Tables only: indexes come once it has caught up."""
    names = {"schema": sql.Identifier(schema), "role": sql.Identifier(service_role)}
    for statement in (
        "DROP SCHEMA IF EXISTS {schema} CASCADE",
        "CREATE SCHEMA {schema}",
        "GRANT USAGE, CREATE ON SCHEMA {schema} TO {role}",
        "SET LOCAL search_path = {schema}, extensions, pg_catalog",
    ):
        connection.execute(sql.SQL(statement).format(**names))
    connection.execute(sql.SQL("SET LOCAL ROLE {role}").format(**names))
    for package in projection.sql_packages:
        connection.execute(script(package, "tables.sql"))
    connection.execute("INSERT INTO progress (version) VALUES (%s)", [projection.version])
    connection.execute("RESET ROLE")


def script(package: str, name: str) -> bytes:
    """Returns one SQL file of a slice; empty when the slice has none of that name."""
    file = files(package) / name
    return file.read_bytes() if file.is_file() else b""


def is_current(connection: Connection, projection: Projection, schema: str = READ_MODEL) -> bool:
    """Whether the schema exists, as this code builds it."""
    return version_of(connection, schema) == projection.version


def version_of(connection: Connection, schema: str = READ_MODEL) -> int | None:
    """Returns the version of the projection that built the schema; None when it does not exist."""
    found = connection.execute("SELECT to_regclass(%s)", [f"{schema}.progress"]).fetchone()
    if found is None or found[0] is None:
        return None
    table = sql.Identifier(schema, "progress")
    row = connection.execute(sql.SQL("SELECT version FROM {}").format(table)).fetchone()
    return None if row is None else int(row[0])
