"""Reads over a read model that the test fills."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventMapper
from projections.audit.reads import AuditReads
from projections.segments.reads import SegmentReads
from service.database.pools import ReadPool, read_pool
from service.settings import Settings


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[ReadPool]:
    """Connections for reads, as the service has them."""
    async with read_pool(Settings(), database_url) as pool:
        yield pool


@pytest.fixture
def segments(pool: ReadPool) -> SegmentReads:
    """Questions about segments."""
    return SegmentReads(pool)


@pytest.fixture
def audit(pool: ReadPool) -> AuditReads:
    """Questions about facts."""
    return AuditReads(pool, EventMapper(CATALOGUE))
