"""For how many days the access log is kept: the owner says, and the service knows."""

from __future__ import annotations

import psycopg
import pytest

from service.database.retention import agree, set_retention
from service.settings import Settings


def _kept(url: str) -> int:
    with psycopg.connect(url) as connection:
        [(days,)] = connection.execute("SELECT days FROM access.retention").fetchall()
    return int(days)


@pytest.fixture
def serving_url(database_url: str) -> str:
    """Of a login that serves and does nothing else."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        login = f"serving_{owner.info.dbname}"
        owner.execute(f"CREATE ROLE {login} LOGIN IN ROLE segments_service".encode())
    return database_url.replace("postgres@", f"{login}@")


def test_it_is_a_year_until_somebody_says_otherwise(database_url: str) -> None:
    """A month at least."""
    assert _kept(database_url) == 365
    set_retention(database_url, 30)
    assert _kept(database_url) == 30
    with pytest.raises(psycopg.errors.CheckViolation):
        set_retention(database_url, 29)


def test_with_the_owners_login_the_setting_counts(database_url: str, serving_url: str) -> None:
    """As soon as the service starts."""
    url, owner = serving_url, database_url
    settings = Settings(database_url=url, owner_database_url=owner, access_log_days=90)
    assert agree(settings, url) is None
    assert _kept(database_url) == 90


def test_without_it_a_setting_that_does_not_count_is_told(
    database_url: str, serving_url: str
) -> None:
    """Where the setting is not given, or is the same, there is nothing to tell."""
    set_retention(database_url, 90)
    assert agree(Settings(database_url=serving_url), serving_url) is None
    assert agree(Settings(database_url=serving_url, access_log_days=90), serving_url) is None
    told = agree(Settings(database_url=serving_url, access_log_days=91), serving_url)
    assert told is not None
    assert "kept for 90 days, not for SEGMENTS_ACCESS_LOG_DAYS=91" in told
    assert "`segments migrate`" in told
    assert _kept(database_url) == 90
