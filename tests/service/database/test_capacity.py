"""Whether the database has connections for all workers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from service.database.capacity import LEAST, TooFewConnections, check_connections, most
from service.settings import Settings

SMALL = Settings(command_threads=1, read_pool=1)


def test_a_busy_process_holds_so_many_connections() -> None:
    """By default; each thread that runs commands has three, each of the reads' one."""
    assert most(Settings()) == 43
    assert most(Settings(command_threads=9)) == 46
    assert most(Settings(read_pool=9)) == 44


@pytest.fixture
def limited(database_url: str, server_url: str) -> Iterator[psycopg.Connection]:
    """To set the database's limit with."""
    with psycopg.connect(server_url, autocommit=True) as other:
        yield other


def _limit(limited: psycopg.Connection, url: str, most: int) -> None:
    name = sql.Identifier(urlsplit(url).path[1:])
    limited.execute(sql.SQL("ALTER DATABASE {} CONNECTION LIMIT {}").format(name, most))


@pytest.mark.parametrize("workers", [1, 3])
def test_enough_for_the_busiest_is_enough(
    limited: psycopg.Connection, database_url: str, workers: int
) -> None:
    """One fewer is warned of, with the numbers and what to do."""
    busiest = workers * most(SMALL)
    _limit(limited, database_url, busiest)
    assert check_connections(database_url, SMALL, workers) is None
    _limit(limited, database_url, busiest - 1)
    warning = check_connections(database_url, SMALL, workers) or ""
    assert f"lets in {busiest - 1} connections; {workers} process" in warning
    assert f"up to {busiest} when busy" in warning
    assert "--workers" in warning


def test_too_few_to_start_is_refused(limited: psycopg.Connection, database_url: str) -> None:
    """One more, and they start."""
    _limit(limited, database_url, 2 * LEAST)
    assert check_connections(database_url, SMALL, 2) is not None
    _limit(limited, database_url, 2 * LEAST - 1)
    with pytest.raises(TooFewConnections, match="need 20, and up to 30"):
        check_connections(database_url, SMALL, 2)


def test_without_limits_of_its_own_the_servers_counts(database_url: str) -> None:
    """200, without those that are kept for superusers."""
    assert check_connections(database_url, Settings(), 4) is None
    assert "lets in 197 connections" in (check_connections(database_url, Settings(), 5) or "")
