"""Reads from several servers, each of which follows in its own time."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, ClassVar, Self

import psycopg
import pytest
from psycopg import AsyncConnection, Connection
from psycopg.rows import TupleRow

from domain.kernel.read_model_behind import ReadModelBehind
from projections.engine.promise import operation, promise
from service.database import following_pool
from service.database.following_pool import FollowingPool

WHERE = "SELECT current_database()"


class Balanced(AsyncConnection[TupleRow]):
    """To one of two hosts after the other, as load_balance_hosts does at random. Two databases
    stand for them.
    """

    urls: ClassVar[Iterator[str]]

    @classmethod
    async def connect(cls, conninfo: str = "", **kwargs: Any) -> Self:
        """Whatever the pool was told."""
        return await super().connect(next(cls.urls), **kwargs)


Hosts = tuple[Connection[TupleRow], Connection[TupleRow]]


@pytest.fixture
def hosts(make_database: Callable[[str], str], template: str) -> Iterator[Hosts]:
    """Two servers, as their owner; the read model of each is at the beginning."""
    urls = make_database(template), make_database(template)
    Balanced.urls = itertools.cycle(urls)
    with (
        psycopg.connect(urls[0], autocommit=True) as first,
        psycopg.connect(urls[1], autocommit=True) as second,
    ):
        yield first, second


@pytest.fixture
async def pool(hosts: Hosts) -> AsyncIterator[FollowingPool]:
    """A connection to each, used in turn."""
    pool = FollowingPool(connection_class=Balanced, min_size=2, max_size=2, open=False)
    async with pool:
        await pool.wait()
        yield pool


def goes_on(host: Connection[TupleRow], position: int) -> None:
    """It has followed up to there."""
    host.execute("UPDATE read_model.progress SET position = %s", [position])


async def answering(pool: FollowingPool) -> str:
    """Which host answers the next question."""
    async with pool.connection() as connection:
        row = await (await connection.execute(WHERE)).fetchone()
    assert row is not None
    return str(row[0])


async def test_who_was_promised_a_position_is_answered_where_it_is(
    hosts: Hosts, pool: FollowingPool
) -> None:
    """Each time, at the position itself; one further neither has. Others are answered by both."""
    ahead, _ = hosts
    goes_on(ahead, 7)
    assert len({await answering(pool) for _ in range(4)}) == 2
    with operation():
        promise(7)
        assert {await answering(pool) for _ in range(6)} == {ahead.info.dbname}
    assert len({await answering(pool) for _ in range(4)}) == 2


async def test_what_is_promised_holds_in_all_tasks_of_an_operation_and_no_other(
    hosts: Hosts, pool: FollowingPool
) -> None:
    """Though the task was begun before."""
    ahead, behind = hosts
    goes_on(ahead, 7)
    told, later = asyncio.Event(), asyncio.Event()

    async def asked_after(event: asyncio.Event) -> set[str]:
        await event.wait()
        return {await answering(pool) for _ in range(6)}

    with operation():
        promise(6)
        other = asyncio.create_task(asked_after(later))
        with operation():
            same = asyncio.create_task(asked_after(told))
            await asyncio.sleep(0)
            promise(7)
            promise(3)
            told.set()
            assert await same == {ahead.info.dbname}
        goes_on(behind, 6)
        later.set()
        assert len(await other) == 2


async def test_it_waits_for_a_host_that_comes_to_it(hosts: Hosts, pool: FollowingPool) -> None:
    """Holding no connection meanwhile."""
    _, other = hosts
    with operation():
        promise(7)
        waiting = asyncio.create_task(answering(pool))
    async with asyncio.timeout(10):
        for _ in range(4):
            async with pool.connection(), pool.connection():  # both there are
                await asyncio.sleep(0)
        goes_on(other, 7)
        assert await waiting == other.info.dbname


async def test_a_position_that_is_nowhere_is_said_to_be_late(
    hosts: Hosts, pool: FollowingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the wait; a connection is opened anew, which may lead elsewhere, and all are back."""
    monkeypatch.setattr(following_pool, "WAIT_TIMEOUT_S", 0.05)
    for host in hosts:
        goes_on(host, 6)
    with operation():
        promise(7)
        with pytest.raises(ReadModelBehind, match="at position 6, not yet at 7"):
            await answering(pool)
    async with asyncio.timeout(10), pool.connection(), pool.connection():
        assert pool.get_stats()["pool_size"] == 2


async def test_a_look_is_believed_for_a_second(
    hosts: Hosts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the bound it is not any more: the read model may have been made anew meanwhile."""
    monkeypatch.setattr(following_pool, "WAIT_TIMEOUT_S", 0.0)
    now = [100.0]
    one = {"connection_class": Balanced, "kwargs": {"autocommit": True}, "max_size": 1}
    async with FollowingPool(**one, min_size=1, open=False, clock=lambda: now[0]) as pool:
        await pool.wait()
        with operation():
            promise(7)
            for host in hosts:
                goes_on(host, 7)
            await answering(pool)
            for host in hosts:
                goes_on(host, 6)
            now[0] += following_pool.GOOD_FOR - 0.1
            await answering(pool)
            now[0] += 0.1
            with pytest.raises(ReadModelBehind, match="at position 6, not yet at 7"):
                await answering(pool)
