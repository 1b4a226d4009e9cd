"""Health: alive as long as it answers, ready when it is fit to be asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import cast
from unittest.mock import AsyncMock
from urllib.parse import urlsplit

import httpx2
import psycopg
import pytest
from psycopg import sql
from starlette.types import ASGIApp

from domain.kernel.principal import Role
from graph.support.site import Site
from projections.engine.position import ReadModelPosition
from projections.engine.schema import READ_MODEL
from service.database import pools
from service.database.disk_space import DiskSpace
from service.http import health
from service.http.health import Readiness
from service.settings import Settings
from tests.service.http.serving import client, running, token

SHORT = 0.3
"""Seconds to wait for a database or a projector that is not there."""
TIMEOUT_S = 20.0
"""Seconds to wait for a database that is there again."""


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five seconds for a connection and two for the projector are long in a test. No answer is
    remembered.
    """
    monkeypatch.setattr(health, "GOOD_FOR", 0.0)
    monkeypatch.setattr(pools, "CONNECT_TIMEOUT", SHORT)
    monkeypatch.setattr(health, "MAX_LAG_S", SHORT)


async def _ready(app: ASGIApp) -> httpx2.Response:
    async with client(app) as http:
        assert (await http.get("/health/live")).json() == {"status": "live"}
        return await http.get("/health/ready")


async def _reason(app: ASGIApp) -> str:
    answer = await _ready(app)
    assert answer.status_code == 503
    assert answer.json()["status"] == "not ready"
    return str(answer.json()["reason"])


async def test_ready_when_all_is_as_it_should_be(app: ASGIApp, admin: httpx2.AsyncClient) -> None:
    """With the position that the read model is at; it waits for what was just recorded."""
    assert (await _ready(app)).json() == {"status": "ready", "position": 0}
    create = 'mutation { createUserSegment(input: {name: "S"}) { position } }'
    await admin.post("/graphql", json={"query": create})
    assert (await _ready(app)).json() == {"status": "ready", "position": 1}


async def test_not_ready_without_its_database_and_again_with_it(
    app: ASGIApp, server_url: str, database_url: str
) -> None:
    """Alive all the while."""
    database = sql.Identifier(urlsplit(database_url).path[1:])
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    with psycopg.connect(server_url, autocommit=True) as other:
        other.execute(allow.format(database, sql.SQL("false")))
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [urlsplit(database_url).path[1:]],
        )
        assert "the database does not answer" in await _reason(app)
        other.execute(allow.format(database, sql.SQL("true")))
    async with asyncio.timeout(TIMEOUT_S):
        while (await _ready(app)).status_code != 200:
            pass  # each look waits for a connection


@pytest.fixture
def another_projector(database_url: str) -> Iterator[None]:
    """One that holds the lock, and does nothing."""
    with psycopg.connect(database_url, autocommit=True) as holder:
        lock = "SELECT pg_advisory_lock(hashtext('user segments'), hashtext(%s))"
        holder.execute(lock, [READ_MODEL])
        yield


@pytest.mark.usefixtures("another_projector")
async def test_not_ready_when_nobody_projects(app: ASGIApp, admin: httpx2.AsyncClient) -> None:
    """It says where the read model is, and where it should be."""
    create = 'mutation { createUserSegment(input: {name: "S"}) { position } }'
    await admin.post("/graphql", json={"query": create})
    assert await _reason(app) == "the read model is at 0 of 1"


async def test_not_ready_when_a_migration_is_pending(app: ASGIApp, database_url: str) -> None:
    """It says what to do."""
    with psycopg.connect(database_url) as owner:
        owner.execute(
            "DELETE FROM control.migrations WHERE number ="
            " (SELECT max(number) FROM control.migrations)"
        )
    assert "segments migrate" in await _reason(app)


async def test_not_ready_on_a_newer_releases_database(
    settings: Settings, database_url: str
) -> None:
    """It does not know what it would do to it."""
    async with running(settings) as app:
        with psycopg.connect(database_url) as owner:
            owner.execute("INSERT INTO control.migrations (number, name) VALUES (9999, 'later')")
        assert "newer release" in await _reason(app)


async def test_not_ready_while_the_replica_does_not_follow(
    settings: Settings, make_database: Callable[[str], str], template: str
) -> None:
    """The log is asked where it is written. Another database stands for the replica."""
    behind = settings.model_copy(update={"read_database_url": make_database(template)})
    async with running(behind) as app, client(app, token(settings, Role.SITE_ADMIN)) as admin:
        assert (await _ready(app)).status_code == 200
        create = 'mutation { createUserSegment(input: {name: "S"}) { position } }'
        await admin.post("/graphql", json={"query": create})
        assert await _reason(app) == "the read model is at 0 of 1"
        metrics = (await admin.get("/metrics")).text
        assert "segments_log_head 1.0" in metrics


async def test_not_ready_while_the_replica_does_not_answer(
    settings: Settings, server_url: str, make_database: Callable[[str], str], template: str
) -> None:
    """Though the log can be written to."""
    replica = make_database(template)
    behind = settings.model_copy(update={"read_database_url": replica})
    database = sql.Identifier(urlsplit(replica).path[1:])
    deny = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(database)
    async with running(behind) as app:
        with psycopg.connect(server_url, autocommit=True) as other:
            other.execute(deny)
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [urlsplit(replica).path[1:]],
            )
        assert "the database does not answer" in await _reason(app)


class Audit:
    """A log that counts how often it was asked for its head."""

    asked = 0

    async def head(self) -> int:
        self.asked += 1
        return 0

    async def progress(self) -> int:
        return 0


def _site(audit: Audit) -> Site:
    """A site of which readiness asks this log, and nobody has read anything."""
    live = SimpleNamespace(position=ReadModelPosition(AsyncMock()))
    return cast("Site", SimpleNamespace(reads=SimpleNamespace(audit=audit), live=live))


async def test_an_answer_is_good_for_a_second(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """For all who ask, also at once: whoever asks a lot costs the database no more than others."""
    monkeypatch.undo()
    audit, now = Audit(), [100.0]
    site = _site(audit)
    readiness = Readiness(site, database_url, DiskSpace(), lambda: now[0])
    for later, looks in [(0.0, 1), (health.GOOD_FOR - 0.01, 1), (0.01, 2)]:
        now[0] += later
        found = await asyncio.gather(*(readiness.reason_not_to_be() for _ in range(20)))
        assert found == [None] * 20
        assert audit.asked == looks


async def test_room_is_tried_for_each_ten_seconds_while_there_is_some(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """At each look while there is none: it is told at once when there is again."""
    tried: list[bool] = []
    is_full = False

    def trying(_: str) -> bool:
        tried.append(is_full)
        return is_full

    monkeypatch.setattr(health, "is_disk_full", trying)
    now = [100.0]
    site = _site(Audit())
    readiness = Readiness(site, database_url, DiskSpace(), lambda: now[0])
    for later, fills, reason in [
        (0.0, False, None),
        (health.ROOM_FOR - 0.1, True, None),
        (0.1, True, "the database's disk is full"),
        (0.1, True, "the database's disk is full"),
        (0.1, False, None),
    ]:
        now[0] += later
        is_full = fills
        assert await readiness.reason_not_to_be() == reason
    assert tried == [False, True, True, False]
