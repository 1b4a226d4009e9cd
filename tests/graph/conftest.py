"""A site on a database of the test's own, and somebody to ask its schema."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import AsyncConnection

from graph.support.site import Site
from service.settings import Settings
from service.site import open_site
from tests.graph.client import GraphClient, ImpatientPosition, TickingClock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Few threads and connections, so that opening a site is quick; two are for one principal."""
    return Settings(data_dir=tmp_path, command_threads=3, read_pool=4)


@pytest.fixture
def clock() -> TickingClock:
    """The site's clock."""
    return TickingClock()


@pytest.fixture
async def site(settings: Settings, database_url: str, clock: TickingClock) -> AsyncIterator[Site]:
    """A running site."""
    async with open_site(settings, database_url, clock=clock) as site:
        yield site


@pytest.fixture
def ask(site: Site) -> GraphClient:
    """Asks the running site."""
    return GraphClient(site)


@pytest.fixture
async def ask_late(
    settings: Settings, database_url: str, clock: TickingClock
) -> AsyncIterator[GraphClient]:
    """Asks a site on which nobody projects, and which does not wait long for it."""
    async with open_site(settings, database_url, clock=clock, project=False) as site:
        yield GraphClient(site).on(position=ImpatientPosition(nobody))


async def nobody() -> AsyncConnection[Any]:
    raise AssertionError("nobody listens here")
