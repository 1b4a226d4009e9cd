"""A database is brought up to date once, in order, by however many processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import Connection
from psycopg.rows import TupleRow

from service.database.migrations import DatabaseTooNew, MigrationRefused, migrate, pending
from service.database.migrations.steps import all_steps
from service.database.postgres.embedded import embedded
from tests.conftest import NOT_DURABLE

WAIT_TIMEOUT_S = 60.0

ALL = [step.label for step in all_steps()]

spawned = multiprocessing.get_context("spawn")


def secrets(url: str) -> list[tuple[str, bytes]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT * FROM vault.secrets ORDER BY name").fetchall()


def migrate_from_processes(urls: list[str]) -> list[list[str]]:
    with ProcessPoolExecutor(len(urls), mp_context=spawned) as processes:
        return list(processes.map(migrate, urls, timeout=WAIT_TIMEOUT_S))


def test_steps_are_numbered_without_a_gap() -> None:
    """From 1."""
    assert [step.number for step in all_steps()] == list(range(1, len(ALL) + 1))


def test_takes_every_step_once(empty_database_url: str) -> None:
    """The second time there is nothing to do, and nothing changes."""
    assert pending(empty_database_url) == ALL
    assert migrate(empty_database_url) == ALL
    assert pending(empty_database_url) == []
    before = secrets(empty_database_url)
    assert migrate(empty_database_url) == []
    assert secrets(empty_database_url) == before


def test_makes_keys_of_its_own_for_each_database(
    make_database: Callable[[str], str], empty_database_url: str
) -> None:
    """32 bytes each, no two the same."""
    other = make_database("template1")
    migrate(empty_database_url)
    migrate(other)
    keys = [key for _, key in secrets(empty_database_url) + secrets(other)]
    assert {len(key) for key in keys} == {32}
    assert len(set(keys)) == 4


def test_goes_on_from_where_an_earlier_release_stopped(empty_database_url: str) -> None:
    """Only the steps that are new are taken."""
    migrate(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("DROP SCHEMA identity CASCADE")
        connection.execute("DELETE FROM control.migrations WHERE name = 'identity'")
    assert pending(empty_database_url) == ["0006_identity"]
    assert migrate(empty_database_url) == ["0006_identity"]


def test_a_step_that_fails_leaves_nothing_behind(empty_database_url: str) -> None:
    """Its predecessors stay; when the obstacle is gone, it goes on."""
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("CREATE SCHEMA vault")
    with pytest.raises(psycopg.errors.DuplicateSchema):
        migrate(empty_database_url)
    left = ALL[ALL.index("0005_vault") :]
    assert pending(empty_database_url) == left
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("DROP SCHEMA vault")
    assert migrate(empty_database_url) == left


def test_several_processes_at_once_take_each_step_once(empty_database_url: str) -> None:
    """One does the work, the others find it done."""
    taken = migrate_from_processes([empty_database_url] * 4)
    assert sorted(taken) == [[], [], [], ALL]


def test_databases_of_one_cluster_at_once(tmp_path: Path) -> None:
    """They share the role, and none fails because another makes it at the same moment."""
    with embedded(tmp_path, NOT_DURABLE) as url:
        names = ["one", "two", "three", "four"]
        with psycopg.connect(url, autocommit=True) as connection:
            for name in names:
                connection.execute(f"CREATE DATABASE {name}".encode())
        urls = [url.replace("/segments?", f"/{name}?") for name in names]
        assert migrate_from_processes(urls) == [ALL] * 4


def test_another_database_makes_the_role_at_the_same_moment(tmp_path: Path) -> None:
    """It was not there when looked for, and is when made: looked for again, it will do."""
    with (
        embedded(tmp_path, NOT_DURABLE) as url,
        psycopg.connect(url.replace("/segments?", "/postgres?")) as other,
        ThreadPoolExecutor(1) as threads,
    ):
        other.execute("CREATE ROLE segments_service NOLOGIN")
        migrating = threads.submit(migrate, url)
        while other.execute("SELECT true FROM pg_locks WHERE NOT granted").fetchone() is None:
            assert not migrating.done()
        other.commit()
        assert migrating.result(WAIT_TIMEOUT_S) == ALL


def test_refuses_a_database_of_a_later_release(database_url: str) -> None:
    """Rather than run on tables that it does not know."""
    with psycopg.connect(database_url) as connection:
        connection.execute("INSERT INTO control.migrations VALUES (9999, 'from the future')")
    with pytest.raises(DatabaseTooNew, match="9999"):
        migrate(database_url)
    with pytest.raises(DatabaseTooNew, match="newer release"):
        pending(database_url)


def test_what_comes_after_runs_under_the_lock(database_url: str) -> None:
    """As the owner, also when no step is pending."""
    seen: list[tuple[object, ...] | None] = []

    def look(connection: Connection[TupleRow]) -> None:
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = %s"
        pid = connection.info.backend_pid
        seen.append(connection.execute(query, [pid]).fetchone())

    assert migrate(database_url, after=look) == []
    assert seen == [(1,)]


def test_moves_extensions_that_are_there_already(empty_database_url: str) -> None:
    """The read model looks for them in one schema only."""
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    migrate(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        query = "SELECT extensions.similarity('a', 'a')"
        assert connection.execute(query).fetchone() == (1.0,)


def owned_by(url: str, login: str, rights: str) -> str:
    """The URL for a login that owns the database but is no superuser."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {login} LOGIN {rights}".encode())
        connection.execute(f"ALTER DATABASE {connection.info.dbname} OWNER TO {login}".encode())
    return url.replace("postgres@", f"{login}@")


@pytest.fixture
def owner(empty_database_url: str, template: str) -> str:
    """A login's name. The service's role is there already: another database uses it."""
    assert template
    return f"owner_of_{urlsplit(empty_database_url).path.strip('/')}"


def test_an_ordinary_owner_can_migrate(empty_database_url: str, owner: str) -> None:
    """No superuser is needed once somebody made the role and let the owner act in it."""
    url = owned_by(empty_database_url, owner, "")
    with psycopg.connect(empty_database_url) as connection:
        connection.execute(f"GRANT segments_service TO {owner}".encode())
    assert migrate(url) == ALL
    assert pending(url) == []


def test_says_what_to_ask_an_administrator_for(empty_database_url: str, owner: str) -> None:
    """When the login may not set up the role."""
    url = owned_by(empty_database_url, owner, "")
    with pytest.raises(MigrationRefused, match=f"GRANT segments_service TO {owner};"):
        migrate(url)


def test_says_who_is_to_migrate(database_url: str) -> None:
    """Who owns the database, but not what somebody else migrated into it, is told what to do."""
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM control.migrations WHERE number > 15")
    login = f"heir_of_{urlsplit(database_url).path.strip('/')}"
    url = owned_by(database_url, login, "IN ROLE segments_service")
    with pytest.raises(MigrationRefused, match=f"REASSIGN OWNED BY … TO {login};"):
        migrate(url)
