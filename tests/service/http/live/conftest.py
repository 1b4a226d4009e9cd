"""A served site with somebody to write to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx2
import pytest

from domain.kernel.principal import Role
from service.http.app import application
from service.settings import Settings
from tests.service.http.live.talking import LONGEST
from tests.service.http.serving import on_a_socket, token


@pytest.fixture
async def host(settings: Settings) -> AsyncIterator[str]:
    """Where the service is."""
    async with on_a_socket(application(settings)) as port:
        yield f"127.0.0.1:{port}"


@pytest.fixture
def sign(settings: Settings, host: str) -> Callable[..., str]:
    """Makes tokens."""
    return lambda *roles: token(settings, *(roles or (Role.SITE_ADMIN,)))


@pytest.fixture
async def writer(host: str, sign: Callable[..., str]) -> AsyncIterator[httpx2.AsyncClient]:
    """A site admin who writes."""
    headers = {"Authorization": f"Bearer {sign()}"}
    async with httpx2.AsyncClient(
        base_url=f"http://{host}", headers=headers, timeout=LONGEST
    ) as http:
        yield http
