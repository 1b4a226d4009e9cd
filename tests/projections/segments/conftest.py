"""Reads over a read model that the test fills."""

from __future__ import annotations

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventMapper
from projections.audit.reads import AuditReads
from service.database.pools import ReadPool


@pytest.fixture
def audit(pool: ReadPool) -> AuditReads:
    """Questions about events."""
    return AuditReads(pool, pool, EventMapper(CATALOGUE))
