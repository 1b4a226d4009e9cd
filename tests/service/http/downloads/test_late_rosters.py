"""Rosters to download while the read model, or the replica that answers, does not have them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx2
import psycopg
import pytest

import service.stores
from domain.kernel.principal import Role
from projections.engine.schema import READ_MODEL
from service.settings import Settings
from tests.acceptance.service import create
from tests.graph.client import ImpatientPosition
from tests.service.http.serving import client, running, token

LOCK = "SELECT pg_advisory_lock(hashtext('user segments'), hashtext(%s))"


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a position."""
    monkeypatch.setattr(service.stores, "ReadModelPosition", ImpatientPosition)


@pytest.fixture
async def from_a_replica(
    settings: Settings, make_database: Callable[[str], str], template: str
) -> AsyncIterator[httpx2.AsyncClient]:
    """A site admin's client; reads are answered by a replica that has nothing yet, for which
    another database stands.
    """
    replica = settings.model_copy(update={"read_database_url": make_database(template)})
    async with running(replica) as app, client(app, token(settings, Role.SITE_ADMIN)) as http:
        yield http


@pytest.fixture
async def held_up(settings: Settings, database_url: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A site admin's client, where somebody holds the projector's lock and does nothing."""
    with psycopg.connect(database_url, autocommit=True) as holder:
        holder.execute(LOCK, [READ_MODEL])
        async with running(settings) as app, client(app, token(settings, Role.SITE_ADMIN)) as http:
            yield http


async def _is_late(http: httpx2.AsyncClient) -> None:
    assert (await create(http, name="Sales"))["position"] == 1
    answer = await http.get(f"/files/segments/segment_{'0' * 32}/members.csv")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert error["extensions"] == {"code": "READ_MODEL_BEHIND"}
    assert "at position 0, not yet at 1" in error["message"]


async def test_a_replica_that_lags_is_told(from_a_replica: httpx2.AsyncClient) -> None:
    """What it has is no roster: it lacks what was just recorded."""
    await _is_late(from_a_replica)


async def test_a_read_model_that_lags_is_told(held_up: httpx2.AsyncClient) -> None:
    """A segment that it does not have is not one that is not there."""
    await _is_late(held_up)
