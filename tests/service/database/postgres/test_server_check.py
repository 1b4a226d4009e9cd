"""Servers that the service cannot run on are refused, with what to do about it."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from service.database.migrations import migrate, pending
from service.database.postgres.server_check import (
    UnsuitableServer,
    check_encoding,
    check_extensions,
    check_server,
    check_version,
)


@pytest.mark.parametrize(
    ("number", "version"), [(170009, "17.9"), (150018, "15.18"), (90624, "9.6.24")]
)
def test_an_older_server_is_refused(number: int, version: str) -> None:
    """By name of both versions."""
    with pytest.raises(UnsuitableServer, match=rf"is PostgreSQL {version}; .* 18 or newer"):
        check_version(number)


@pytest.mark.parametrize("number", [180000, 180006, 190001])
def test_version_18_and_newer_will_do(number: int) -> None:
    """Newer ones are trusted: PostgreSQL keeps its promises."""
    check_version(number)


def test_missing_extensions_are_named() -> None:
    """All of them."""
    with pytest.raises(UnsuitableServer, match="pg_trgm"):
        check_extensions({"plpgsql"})


def test_another_encoding_is_refused() -> None:
    """Names are in any script."""
    with pytest.raises(UnsuitableServer, match="LATIN1"):
        check_encoding("LATIN1")


def test_a_database_in_another_encoding_is_not_migrated(
    make_database: Callable[[str], str], latin_template: str
) -> None:
    """Neither touched nor reported on."""
    url = make_database(latin_template)
    with pytest.raises(UnsuitableServer, match="LATIN1"):
        migrate(url)
    with pytest.raises(UnsuitableServer, match="LATIN1"):
        pending(url)


@pytest.fixture
def latin_template(server_url: str) -> str:
    """A database that cannot hold every name."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE template_latin ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
            " TEMPLATE template0"
        )
    return "template_latin"


def test_the_tests_own_server_passes(empty_database_url: str) -> None:
    """It is the embedded one."""
    with psycopg.connect(empty_database_url) as connection:
        check_server(connection)
