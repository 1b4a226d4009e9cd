"""Who asks the service that runs in a process of its own (tests/served.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.service import token


@pytest.fixture
def admin(data_dir: Path) -> str:
    """A site admin's token."""
    return token(data_dir, "site-admin")
