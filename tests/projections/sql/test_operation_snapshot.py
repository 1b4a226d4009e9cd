"""The snapshot that one operation reads from."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from projections.sql.database import Database, for_all, reading_from
from projections.sql.operation_snapshot import OperationSnapshot
from service.database.pools import ReadPool

COUNT = "SELECT count(*) FROM segments"


async def _at_once(_: int) -> None:
    return None


@pytest.fixture
def snapshot(pool: ReadPool) -> OperationSnapshot:
    """Of an empty site."""
    return OperationSnapshot(pool, _at_once)


async def test_what_is_for_all_reads_outside_of_it(
    pool: ReadPool, snapshot: OperationSnapshot
) -> None:
    """As does whatever comes after it."""
    pid, database = "SELECT pg_backend_pid()", Database(pool)
    with reading_from(snapshot):
        own = {str(await database.fetch(pid, [])) for _ in range(3)}
        with for_all():
            other = str(await database.fetch(pid, []))
    assert len(own) == 1
    assert other not in own
    await snapshot.release()


async def test_a_query_that_fails_fails_the_later_ones(snapshot: OperationSnapshot) -> None:
    """In the same way."""
    for query in ("SELECT 1 / 0", COUNT):
        with pytest.raises(psycopg.errors.DivisionByZero):
            await snapshot.fetch(query, [])
    await snapshot.release()


async def test_a_reader_who_is_cancelled_leaves_it_to_the_others(
    snapshot: OperationSnapshot,
) -> None:
    """Their queries come after the one that nobody waits for any more."""
    cancelled = asyncio.create_task(snapshot.fetch("SELECT pg_sleep(0.1)", []))
    await asyncio.sleep(0)
    cancelled.cancel()
    assert await snapshot.fetch(COUNT, []) == [(0,)]
    await snapshot.release()


async def test_after_its_end_nothing_is_read(snapshot: OperationSnapshot) -> None:
    """By a task that was left over, say."""
    await snapshot.begin()
    await snapshot.release()
    with pytest.raises(RuntimeError, match="has ended"):
        await snapshot.fetch(COUNT, [])


async def test_its_end_ends_the_query_that_runs(snapshot: OperationSnapshot) -> None:
    """The server does not go on with it."""
    async with asyncio.timeout(20):
        await snapshot.begin()
        running = asyncio.create_task(snapshot.fetch("SELECT pg_sleep(60)", []))
        await asyncio.sleep(0)
        await snapshot.release()
        with pytest.raises(asyncio.CancelledError):
            await running
