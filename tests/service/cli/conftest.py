"""`segments`, called in this process, on a database of the test's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli import app
from service.settings import PREFIX

Segments = Callable[..., Result]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A directory of its own, and no setting from outside."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Sets an environment variable of the service."""
    return lambda name, value: monkeypatch.setenv(PREFIX + name, value)


@pytest.fixture
def segments() -> Segments:
    """Runs a command; what goes wrong unexpectedly is raised."""

    def run(*words: str) -> Result:
        result = CliRunner().invoke(app, words, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def on_site(segments: Segments, setting: Callable[[str, str], None], database_url: str) -> Segments:
    """The same, on a migrated database."""
    setting("DATABASE_URL", database_url)
    return segments


@pytest.fixture
def on_empty(
    segments: Segments, setting: Callable[[str, str], None], empty_database_url: str
) -> Segments:
    """The same, on a database in which nothing was migrated."""
    setting("DATABASE_URL", empty_database_url)
    return segments
