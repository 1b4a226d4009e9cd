"""A log to which events are added by hand, and the tree over it."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from projections.proofs.follower import TreeFollower
from service.database.connections import service_conninfo
from tests.projections.proofs.logged import Logged


@pytest.fixture
def logged(database_url: str) -> Logged:
    """The log of this test's database."""
    return Logged(database_url)


@pytest.fixture
def follower(database_url: str) -> Callable[[int], TreeFollower]:
    """Followers with the service's rights, with batches of that size."""
    conninfo = service_conninfo(database_url, "pg_catalog")
    return lambda batch: TreeFollower(lambda: psycopg.connect(conninfo), batch=batch)
