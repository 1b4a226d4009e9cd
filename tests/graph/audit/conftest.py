"""A log that is only read, shared by a module's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from service.settings import Settings
from service.site import open_site
from tests.graph.audit.log_fixture import History, record
from tests.graph.client import GraphClient, TickingClock


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def history(
    shared_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[History]:
    """The site of logs.py. Tests that use it run in their module's loop."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), command_threads=2, read_pool=4)
    async with open_site(settings, shared_database_url, clock=TickingClock()) as site:
        ask = GraphClient(site)
        yield History(ask, await record(ask))
