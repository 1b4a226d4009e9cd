"""The database that the settings mean, brought up to date by whoever may."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from service.database.connections import SERVICE_ROLE
from service.database.migrations import MigrationRefused
from service.database.open_database import bring_up_to_date, is_up_to_date, migrated_database
from service.settings import Settings

OWNER, APP = "opened_owner", "opened_app"


@pytest.fixture
def logins(empty_database_url: str) -> Iterator[tuple[str, str]]:
    """URLs for an owner who is no superuser, and for a login that may act as the service only."""
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        database = connection.info.dbname
        for statement in (
            (
                f"DO $$ BEGIN CREATE ROLE {SERVICE_ROLE} NOLOGIN;"
                " EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            ),
            f"CREATE ROLE {OWNER} LOGIN",
            f"CREATE ROLE {APP} LOGIN",
            f"GRANT {SERVICE_ROLE} TO {OWNER}, {APP} WITH INHERIT FALSE, SET TRUE",
            f"ALTER DATABASE {database} OWNER TO {OWNER}",
        ):
            connection.execute(statement.encode())
    yield tuple(empty_database_url.replace("postgres@", f"{n}@") for n in (OWNER, APP))  # type: ignore[misc]
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {database} OWNER TO postgres".encode())
        for name in (OWNER, APP):
            connection.execute(f"REASSIGN OWNED BY {name} TO postgres".encode())
            connection.execute(f"DROP OWNED BY {name}".encode())
            connection.execute(f"DROP ROLE {name}".encode())


def test_an_owner_who_is_no_superuser_may_migrate_and_migrate_again(
    logins: tuple[str, str],
) -> None:
    """The second time nothing is to be done, and that is found out without a complaint."""
    owner, _ = logins
    assert not is_up_to_date(owner)
    assert bring_up_to_date(Settings(), owner)
    assert is_up_to_date(owner)
    assert bring_up_to_date(Settings(), owner) == []


def test_the_service_s_login_opens_what_the_owner_has_migrated(logins: tuple[str, str]) -> None:
    """It needs no right to change anything when nothing needs changing."""
    owner, app = logins
    bring_up_to_date(Settings(), owner)
    with migrated_database(Settings(database_url=app)) as url:
        assert is_up_to_date(url)


def test_the_service_s_login_cannot_migrate(logins: tuple[str, str]) -> None:
    """What it may not do is refused, and not left half done."""
    _, app = logins
    with (
        pytest.raises(MigrationRefused, match="may not migrate"),
        migrated_database(Settings(database_url=app)),
    ):
        pytest.fail("it was migrated")
    assert not is_up_to_date(app)
