"""A server that tests may stop, kill and start again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.database.embedded import embedded
from tests.conftest import NOT_DURABLE


@pytest.fixture(scope="session")
def made_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a database in it and no server running; blanks in its path."""
    data_dir = tmp_path_factory.mktemp("own server") / "my data"
    with embedded(data_dir, NOT_DURABLE):
        return data_dir


@pytest.fixture
def data_dir(made_data_dir: Path) -> Iterator[Path]:
    """The same, and whatever the test leaves running is stopped."""
    yield made_data_dir
    with embedded(made_data_dir):
        pass
