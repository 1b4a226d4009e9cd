"""A server that tests may stop, kill and start again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.database.postgres.embedded import embedded
from tests.conftest import NOT_DURABLE


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder that is not in pytest's own: another run of pytest by root would shut that one to
    the user that the database's server runs as."""
    with tempfile.TemporaryDirectory(prefix="segments-tests-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def made_data_dir() -> Iterator[Path]:
    """A data directory with a database in it and no server running; blanks in its path."""
    with tempfile.TemporaryDirectory(prefix="segments tests ") as folder:
        data_dir = Path(folder) / "my data"
        with embedded(data_dir, NOT_DURABLE):
            pass
        yield data_dir


@pytest.fixture
def data_dir(made_data_dir: Path) -> Iterator[Path]:
    """The same, and whatever the test leaves running is stopped."""
    yield made_data_dir
    with embedded(made_data_dir):
        pass
