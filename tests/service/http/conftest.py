"""The application on a database of the test's own, and clients of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
from starlette.types import ASGIApp

from domain.kernel.principal import Role
from projections.engine import projector
from service.settings import Settings
from tests.service.http.serving import client, running, token


@pytest.fixture(autouse=True)
def quick_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A projector looks at its stop signal between two polls; nobody here waits a second for it."""
    monkeypatch.setattr(projector, "SLOW_POLL", 0.02)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Few threads and connections, so that starting is quick."""
    return Settings(
        database_url=database_url, data_dir=tmp_path / "data", command_threads=2, read_pool=4
    )


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[ASGIApp]:
    """The running application."""
    async with running(settings) as app:
        yield app


@pytest.fixture
async def stranger(app: ASGIApp) -> AsyncIterator[httpx2.AsyncClient]:
    """A client without a token."""
    async with client(app) as http:
        yield http


@pytest.fixture
def bearer(settings: Settings) -> str:
    """A site admin's token."""
    return token(settings, Role.SITE_ADMIN)


@pytest.fixture
async def admin(app: ASGIApp, bearer: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A site admin's client."""
    async with client(app, bearer) as http:
        yield http
