"""A look that many wait for takes nobody's share of the connections, whoever came first."""

from __future__ import annotations

from asyncio import timeout, to_thread
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any, cast

import pytest
from psycopg import AsyncConnection

from domain.catalogue import CATALOGUE
from domain.log import EventMapper
from projections.audit.directory_version import DirectoryVersion
from projections.audit.log_feed import EventRange, LogFeed
from projections.audit.query import LogQuery
from projections.audit.reads import AuditReads
from projections.audit.ticker import Tick, Ticker
from projections.engine.position import ReadModelPosition
from projections.engine.projector import Projector
from projections.sql.database import ASKED_BY
from service.database.pools import ReadPool
from service.database.shared_pool import SharedPool
from tests.projections.story import Story

TIMEOUT_S = 20


async def _beat(audit: AuditReads, position: ReadModelPosition) -> Tick:
    return await anext(Ticker(audit, position).follow(0))


async def _stretch(audit: AuditReads, position: ReadModelPosition) -> EventRange:
    return await anext(LogFeed(audit, position).follow(LogQuery(), 0))


async def _version(audit: AuditReads, position: ReadModelPosition) -> int:
    return await DirectoryVersion(audit, position).current()


@pytest.fixture
async def position(story: Story, site_projector: Projector) -> ReadModelPosition:
    """Of a site with somebody in it."""
    story.user("Ann", "Smith")
    known = ReadModelPosition(_nobody)
    known.advance(await to_thread(site_projector.catch_up))
    return known


async def _nobody() -> AsyncConnection[Any]:
    raise AssertionError("nobody listens here")


@pytest.fixture
async def busy(pool: ReadPool) -> AsyncIterator[AuditReads]:
    """Reads by Ann, all of whose connections are taken."""
    ASKED_BY.set("ann")
    async with AsyncExitStack() as stack:
        for _ in range(cast("SharedPool[Any]", pool).shares.size):
            await stack.enter_async_context(pool.connection())
        yield AuditReads(pool, pool, EventMapper(CATALOGUE))


@pytest.mark.parametrize("look", [_beat, _stretch, _version], ids=["pulse", "tail", "directory"])
async def test_it_waits_for_nobody_who_asks_much(
    busy: AuditReads, position: ReadModelPosition, look: Callable[..., Any]
) -> None:
    """Others would wait with them."""
    ASKED_BY.set("ann")
    async with timeout(TIMEOUT_S):
        assert await look(busy, position)
