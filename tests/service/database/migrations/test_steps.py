"""What the migrated database lets whom do."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from eventsourcing.dcb.api import DCBEvent
from eventsourcing.dcb.postgres_tt import PostgresDCBRecorderTT
from psycopg import Connection, errors
from psycopg.rows import TupleRow

from service.database.connections import service_conninfo
from service.database.log_store.datastore import LogDatastore
from service.database.log_store.recorder import EVENTS_TABLE, LogRecorder
from service.database.migrations.steps import all_steps
from service.database.secrets import secrets

LOG_TABLES = ("log.events_tt_main", "log.events_tt_tag")
CHANGES = (
    "UPDATE log.events_tt_main SET type = 'forged'",
    "UPDATE log.events_tt_tag SET tag = 'forged'",
    "DELETE FROM log.events_tt_main",
    "DELETE FROM log.events_tt_tag",
    "TRUNCATE log.events_tt_main CASCADE",
    "TRUNCATE log.events_tt_tag",
)


@pytest.fixture
def superuser(database_url: str, recorder: LogRecorder) -> Iterator[Connection[TupleRow]]:
    """Of a database with one event."""
    recorder.append([DCBEvent("a.b", b"{}", ["a:1"])])
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def service(database_url: str, superuser: object) -> Iterator[Connection[TupleRow]]:
    """Of the same database, in the service's role."""
    with psycopg.connect(service_conninfo(database_url, "log"), autocommit=True) as connection:
        yield connection


@pytest.mark.parametrize("change", CHANGES)
def test_the_service_may_not_change_the_log(service: Connection[TupleRow], change: str) -> None:
    """It lacks the privilege."""
    with pytest.raises(errors.InsufficientPrivilege, match="permission denied for table"):
        service.execute(change.encode())


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("replication_role", ["origin", "replica"])
def test_not_even_a_superuser_changes_the_log(
    superuser: Connection[TupleRow], change: str, replication_role: str
) -> None:
    """Triggers refuse it, also where ordinary ones are turned off."""
    superuser.execute(f"SET session_replication_role = {replication_role}".encode())
    with pytest.raises(errors.InsufficientPrivilege, match="The log is append-only"):
        superuser.execute(change.encode())
    assert superuser.execute("SELECT type FROM log.events_tt_main").fetchall() == [("a.b",)]
    assert superuser.execute("SELECT tag FROM log.events_tt_tag").fetchall() == [("a:1",)]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE log.mine ()",
        "CREATE TABLE public.mine ()",
        "CREATE TABLE extensions.mine ()",
        "CREATE TABLE vault.mine ()",
        "CREATE SCHEMA mine",
        "DROP TABLE log.events_tt_tag",
        "ALTER TABLE log.events_tt_main DISABLE TRIGGER ALL",
        "ALTER FUNCTION log.refuse_change() RENAME TO refuse_nothing",
        "SELECT setval('log.events_tt_main_id_seq', 1)",
        "INSERT INTO vault.secrets VALUES ('mine', '')",
        "UPDATE vault.secrets SET secret = ''",
        "DELETE FROM vault.secrets",
        "UPDATE vault.person_keys SET key = ''",
        "INSERT INTO control.migrations VALUES (9999, 'mine')",
        "DELETE FROM control.migrations",
    ],
)
def test_the_service_may_do_nothing_else(service: Connection[TupleRow], statement: str) -> None:
    """Least privilege: whoever takes the service over can still not rewrite what happened."""
    with pytest.raises(errors.InsufficientPrivilege):
        service.execute(statement.encode())


def test_the_service_keeps_the_names_of_actors(service: Connection[TupleRow]) -> None:
    """Outside the log."""
    name = "SELECT identity.name_actor('a', 'person', %s, '{}')"
    service.execute(name, ["Ada"])
    service.execute(name, ["Ada Lovelace"])
    names = service.execute("SELECT id, kind, display_name FROM identity.actors").fetchall()
    assert names == [("a", "person", "Ada Lovelace")]


def test_the_service_reads_the_keys(database_url: str) -> None:
    """Each has its own use."""
    keys = secrets(database_url)
    assert [len(key) for key in keys] == [32, 32]
    assert keys.request_hash != keys.tag_hash


def test_a_key_that_is_gone_is_named(superuser: Connection[TupleRow], database_url: str) -> None:
    """Nothing is begun with half of them."""
    superuser.execute("DELETE FROM vault.secrets WHERE name = 'tag-hash'")
    superuser.commit()
    with pytest.raises(KeyError, match="tag-hash"):
        secrets(database_url)


def test_others_may_not_even_look(superuser: Connection[TupleRow]) -> None:
    """A role without grants sees neither log nor keys, and cannot call the log's functions."""
    superuser.execute("SET ROLE pg_signal_backend")
    for what in (
        "log.events_tt_main",
        "vault.secrets",
        "vault.person_keys",
        "identity.actors",
        "uploads.rejected_rows",
    ):
        with pytest.raises(errors.InsufficientPrivilege):
            superuser.execute(f"SELECT * FROM {what}".encode())


def test_the_log_tables_are_the_librarys(database_url: str) -> None:
    """Word for word: a release of the library that makes them otherwise needs a new step."""
    datastore = LogDatastore(database_url, "ddl", min_size=1, max_size=1)
    try:
        librarys = PostgresDCBRecorderTT(datastore, events_table_name=EVENTS_TABLE)
        made = words(next(s for s in all_steps() if s.name == "log_tables").sql.decode())
        wanted = [words(each.as_string()).rstrip("; ") for each in librarys.sql_create_statements]
        assert "CREATE TABLE" in " ".join(wanted)
        assert [statement for statement in wanted if statement not in made] == []
    finally:
        datastore.close()


def words(text: str) -> str:
    """Without the one deliberate difference."""
    return " ".join(text.split()).replace('REFERENCES "log".', "REFERENCES ")
