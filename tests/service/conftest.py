"""A service in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.service import Service, serving


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data directory; it holds the key that signs tokens."""
    return tmp_path / "data"


@pytest.fixture
def service(database_url: str, data_dir: Path) -> Iterator[Service]:
    """A ready service."""
    with serving(database_url, data_dir) as running:
        yield running
