"""Waiting for the read model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo

from domain.kernel.read_model_behind import ReadModelBehind
from projections.engine.position import PositionWentBack, ReadModelPosition
from projections.engine.projector import Projector
from service.database.connections import service_conninfo
from tests.projections.commands import creation
from tests.projections.conftest import Do

LISTENER = "listener"


async def nowhere() -> AsyncConnection[object]:
    raise AssertionError("not asked for")


def terminate_listeners(database_url: str) -> int:
    """Ends the connections that listen, and returns how many when they are gone."""
    query = (
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = %s"
    )
    with psycopg.connect(database_url) as superuser:
        row = superuser.execute(query, [LISTENER]).fetchone()
    assert row is not None
    return int(row[0])


@pytest.fixture
async def position(database_url: str) -> AsyncIterator[ReadModelPosition]:
    """A listening position, on a connection that can be told from others."""
    session = service_conninfo(make_conninfo(database_url, application_name=LISTENER), "read_model")
    position = ReadModelPosition(lambda: AsyncConnection.connect(session))
    listening = asyncio.create_task(position.run())
    yield position
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening


async def test_a_wait_ends_when_the_projector_gets_there(
    position: ReadModelPosition, do: Do, site_projector: Projector
) -> None:
    """Told by NOTIFY, from whichever process projects."""
    outcome = do(creation("One"))
    waiting = asyncio.create_task(position.wait_for(outcome.position))
    await asyncio.to_thread(site_projector.catch_up)
    await waiting
    assert position.value == outcome.position


async def test_a_wait_has_a_bound(position: ReadModelPosition) -> None:
    """And says how far the read model is. Nobody is remembered who does not wait any more."""
    with pytest.raises(ReadModelBehind, match="at position 0, not yet at 7") as behind:
        await position.wait_for(7, within=0.05)
    assert (behind.value.wanted, behind.value.reached) == (7, 0)
    assert await position.wait_or_timeout(2**63 - 1, within=0.01) is False
    assert position._waiting == []


async def test_who_goes_away_is_forgotten(position: ReadModelPosition) -> None:
    """Those who wait beside them, for the same position or others, are not."""
    waits = [asyncio.create_task(position.wait_for(p, within=60)) for p in (5, 3, 5, 4)]
    await asyncio.sleep(0)
    waits[0].cancel()
    await asyncio.wait(waits[:1])
    assert [p for p, *_ in position._waiting] == [3, 4, 5]
    position.advance(5)
    await asyncio.wait_for(asyncio.gather(*waits[1:]), 10)
    assert position._waiting == []


class Looking(ReadModelPosition):
    """A position that says when it has looked."""

    def __init__(self) -> None:
        super().__init__(nowhere)
        self.looks = asyncio.Semaphore(0)

    async def _look(self, connection: AsyncConnection[Any]) -> None:
        await super()._look(connection)
        self.looks.release()


async def test_a_replica_is_asked_as_soon_as_somebody_waits_and_often(
    database_url: str, do: Do, site_projector: Projector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not notify. Whoever comes in a long pause does not wait for the end of that; when the
    last one has gone it is left in peace again.
    """
    monkeypatch.setattr("projections.engine.position.SLOW_POLL", 3600)
    outcome = do(creation("One"))
    replica = await AsyncConnection.connect(database_url, autocommit=True)
    async with replica, asyncio.timeout(20):
        position = Looking()
        polling = asyncio.create_task(position._poll(replica))
        await position.looks.acquire()
        waiting = asyncio.create_task(position.wait_for(outcome.position, within=3600))
        for _ in range(3):
            await position.looks.acquire()
        await asyncio.to_thread(site_projector.catch_up)
        await waiting
        assert not position._wanted.is_set()
        second = asyncio.create_task(position.wait_for(outcome.position + 1, within=3600))
        third = asyncio.create_task(position.wait_for(outcome.position + 1, within=0))
        with pytest.raises(ReadModelBehind):
            await third
        assert position._wanted.is_set()
        for task in (second, polling):
            task.cancel()
        await asyncio.wait([second, polling])
        assert not position._wanted.is_set()


async def test_waits_end_in_the_order_of_their_positions() -> None:
    """Each as soon as its own position is reached, not later."""

    position = ReadModelPosition(nowhere)
    waits = {p: asyncio.create_task(position.wait_for(p, within=5)) for p in (3, 1, 2)}
    await asyncio.sleep(0)
    position.advance(2)
    await asyncio.wait([waits[1], waits[2]])
    assert not waits[3].done()
    position.advance(3)
    await waits[3]


async def test_the_position_never_falls() -> None:
    """A late notice of an earlier position changes nothing."""

    position = ReadModelPosition(nowhere)
    position.advance(5)
    position.advance(4)
    assert position.value == 5


async def test_it_comes_back_from_a_lost_connection(
    database_url: str,
    position: ReadModelPosition,
    do: Do,
    site_projector: Projector,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What happened meanwhile is looked up when it is back."""
    monkeypatch.setattr("projections.engine.position.SLOW_POLL", 0.05)
    first = do(creation("One"))
    await asyncio.to_thread(site_projector.catch_up)
    await position.wait_for(first.position)
    assert terminate_listeners(database_url) == 1
    second = do(creation("Two"))
    await asyncio.to_thread(site_projector.catch_up)
    await position.wait_for(second.position, within=10)


async def test_it_goes_back_with_the_server_that_answers(
    database_url: str, position: ReadModelPosition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a failover to one that lacks the last of it. Who follows must begin again."""
    monkeypatch.setattr("projections.engine.position.SLOW_POLL", 0.05)
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute("UPDATE read_model.progress SET position = 7")
        await position.wait_for(7, within=10)
        following = asyncio.create_task(position.wait_past(7))
        await asyncio.sleep(0)
        owner.execute("UPDATE read_model.progress SET position = 5")
        terminate_listeners(database_url)
        with pytest.raises(PositionWentBack, match="went back to position 5"):
            await asyncio.wait_for(following, 10)
        assert (position.value, position.era) == (5, 1)
        with pytest.raises(ReadModelBehind, match="at position 5, not yet at 6"):
            await position.wait_for(6, within=0.05)
        owner.execute("UPDATE read_model.progress SET position = 8")
        await position.wait_for(7, within=10)
        assert (position.value, position.era) == (8, 1)


def test_what_others_have_seen_is_not_taken_back() -> None:
    """One of several servers may be further than the one that is listened to."""
    position = ReadModelPosition(nowhere)
    position._is_at(3)
    position.advance(5)
    position._is_at(4)
    assert (position.value, position.era) == (5, 0)
