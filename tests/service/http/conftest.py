"""The application on a database of the test's own or the module's, and clients of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from domain.kernel.principal import Role
from service.http.app import application
from service.settings import Settings
from tests.service.http.serving import client, on_a_socket, running, token


def small(database_url: str, data_dir: Path) -> Settings:
    """Few threads and connections, so that starting is quick."""
    return Settings(database_url=database_url, data_dir=data_dir, command_threads=2, read_pool=4)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Of a service of the test's own."""
    return small(database_url, tmp_path / "data")


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[ASGIApp]:
    """The running application."""
    async with running(settings) as app:
        yield app


@pytest.fixture
async def admin(app: ASGIApp, settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A site admin's client."""
    async with client(app, token(settings, Role.SITE_ADMIN)) as http:
        yield http


@pytest.fixture
async def host(settings: Settings) -> AsyncIterator[str]:
    """Where the service is."""
    async with on_a_socket(application(settings)) as port:
        yield f"127.0.0.1:{port}"


@pytest.fixture
def sign(settings: Settings, host: str) -> Callable[..., str]:
    """Makes tokens."""
    return lambda *roles: token(settings, *(roles or (Role.SITE_ADMIN,)))


@pytest.fixture(scope="module")
def shared_settings(shared_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of a service to which the module's tests do nothing that matters to the others."""
    return small(shared_database_url, tmp_path_factory.mktemp("data"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_app(shared_settings: Settings) -> AsyncIterator[ASGIApp]:
    """The module's application. Tests that use it run in their module's loop."""
    async with running(shared_settings) as app:
        yield app


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(shared_app: ASGIApp, shared_settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A site admin's client of the module's application."""
    async with client(shared_app, token(shared_settings, Role.SITE_ADMIN)) as http:
        yield http


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stranger(shared_app: ASGIApp) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the module's application without a token."""
    async with client(shared_app) as http:
        yield http
