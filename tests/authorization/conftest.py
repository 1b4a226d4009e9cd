"""One seeded site for all rows of a module: in this process, or behind a server in it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio

from service.http.app import application
from service.settings import Settings
from tests.authorization.seeded import seeded
from tests.authorization.site import Seeded
from tests.service.http.live.talking import TIMEOUT_S
from tests.service.http.serving import client, on_a_socket, running

pytest.register_assert_rewrite("tests.authorization.row_check")


@pytest.fixture(scope="module")
def settings(shared_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Few threads and connections, so that starting is quick; nobody is kept from asking often."""
    return Settings(
        database_url=shared_database_url,
        data_dir=tmp_path_factory.mktemp("data"),
        command_threads=2,
        read_pool=4,
        rate_per_second=0,
    )


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(settings: Settings) -> AsyncIterator[Seeded]:
    """In this process."""
    async with running(settings) as app, client(app) as http:
        yield await seeded(http, settings)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(settings: Settings) -> AsyncIterator[Seeded]:
    """Behind a server, for WebSockets and event streams."""
    async with on_a_socket(application(settings)) as port:
        url = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(base_url=url, timeout=TIMEOUT_S) as http:
            yield await seeded(http, settings)
