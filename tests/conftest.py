"""What every test may use: a real PostgreSQL, a migrated database of its own, a log in it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from service.database.log_store.recorder import LogRecorder
from service.database.migrations import migrate
from service.database.open_database import ensure_read_model
from service.database.postgres.embedded import embedded
from service.interpreter import tune
from tests.memory import in_memory
from tests.projections.rebuilt import projector
from tests.web.chromium import chromium

# The tests' data need not survive a power failure: without fsync they are faster. Their databases
# live for a second: nobody vacuums them, and dropping one looks through all buffers there are.
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
}

pytest_plugins = ["tests.forms", "tests.ids", "tests.reruns", "tests.seeds", "tests.served"]

COMMAND_THREADS = 8

_numbers = count()


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The superuser's URL of a database on a server that lives as long as the test run.

    Under pytest-xdist each worker has a server of its own. Not in pytest's own folder: another
    run of pytest by root shuts that one to the user that the server runs as.
    """
    with (
        tempfile.TemporaryDirectory(prefix="segments-tests-", dir=in_memory()) as folder,
        embedded(Path(folder), NOT_DURABLE) as url,
    ):
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """The name of a migrated database to copy, with the indexes that a projector which has caught
    up builds. Nobody may be connected to it.
    """
    name = "template_migrated"
    _execute(server_url, "CREATE DATABASE {}", name)
    url = _at(server_url, name)
    migrate(url, partial(ensure_read_model, url))
    with projector(url) as new:
        new.catch_up()
    return name


@pytest.fixture
def make_database(server_url: str) -> Iterator[Callable[[str], str]]:
    """Makes databases from a template; they are gone after the test, whoever is connected."""
    with ExitStack() as made:
        yield lambda template: made.enter_context(_copied(server_url, template))


@pytest.fixture
def database_url(make_database: Callable[[str], str], template: str) -> str:
    """The superuser's URL of a fresh, migrated database."""
    return make_database(template)


@pytest.fixture(scope="module")
def shared_database_url(server_url: str, template: str) -> Iterator[str]:
    """The superuser's URL of a migrated database for tests that only read what is in it."""
    with _copied(server_url, template) as url:
        yield url


@pytest.fixture
def empty_database_url(make_database: Callable[[str], str]) -> str:
    """The superuser's URL of a fresh database in which nothing was migrated."""
    return make_database("template1")


@pytest.fixture
def recorder(database_url: str) -> Iterator[LogRecorder]:
    """An empty log."""
    with LogRecorder(database_url, COMMAND_THREADS) as recorder:
        yield recorder


@contextmanager
def _copied(server_url: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    # Copying files is the faster strategy once nothing is flushed to disk: 12 ms.
    _execute(server_url, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
    try:
        yield _at(server_url, name)
    finally:
        _execute(server_url, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(url: str, statement: str, *names: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _at(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def pytest_collection_finish() -> None:
    """As the service does it: what is loaded once is not looked through at each collection."""
    tune()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says so when the console's journeys were not walked, since there is no browser."""
    if chromium() is None:
        terminalreporter.write_line(
            "The console's journeys (tests/web) did not run: no Chromium was found."
            " README says how to get one.",
            yellow=True,
        )
