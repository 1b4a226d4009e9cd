"""Connections for reads."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from service.database import resilient_pool
from service.database.log_store.recorder import LogRecorder
from service.database.pools import (
    note_pool,
    priming_pool,
    read_conninfo,
    read_pool,
    vault_pool,
)
from service.settings import Settings

HOW_LONG = """
    SELECT current_setting('statement_timeout') AS longest,
        current_setting('client_connection_check_interval') AS look
"""


async def test_reads_as_the_service(database_url: str) -> None:
    """In its role, with the read model's names in reach, outside any transaction."""
    async with read_pool(Settings(), database_url) as pool, pool.connection() as connection:
        query = "SELECT current_user::text, current_setting('search_path')"
        row = await (await connection.execute(query)).fetchone()
        assert row == ("segments_service", "read_model,extensions")
        assert connection.autocommit


async def test_survives_that_its_connections_are_ended(database_url: str) -> None:
    """Those that wait in the pool are found out before they are lent."""
    query = (
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
        " WHERE usename = 'postgres' AND application_name = 'segments'"
        " AND datname = current_database() AND pid <> pg_backend_pid()"
    )
    async with read_pool(Settings(read_pool=4), database_url) as pool:
        await pool.wait()
        async with pool.connection(), pool.connection():
            pass  # two at a time: as many wait from now on
        with psycopg.connect(database_url) as superuser:
            assert superuser.execute(query).fetchone() == (2,)
        async with pool.connection() as connection:
            row = await (await connection.execute("SELECT 1")).fetchone()
            assert row == (1,)


async def test_who_goes_while_a_connection_is_looked_at_takes_none_away(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that does not answer is just when many do not wait any longer."""
    asked = asyncio.Event()

    async def silence(_: object) -> bool:
        asked.set()
        await asyncio.Event().wait()
        return True

    async with read_pool(Settings(read_pool=1), database_url) as pool:
        with monkeypatch.context() as patched:
            patched.setattr(resilient_pool, "_is_silent", lambda _: False)
            patched.setattr(resilient_pool, "_answers_async", silence)
            waiting = asyncio.create_task(pool.getconn())
            await asyncio.wait_for(asked.wait(), 20)
            waiting.cancel()
            await asyncio.wait([waiting])
        async with pool.connection(20) as connection:
            assert not connection.closed


async def test_who_is_not_woken_looks_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection has come back, and whoever waited for it was not told."""
    lend, waits = AsyncConnectionPool.getconn, list[float | None]()

    async def lend_to_the_second(pool: Any, within: float | None = None) -> Any:
        waits.append(within)
        if len(waits) == 1:
            raise PoolTimeout
        return await lend(pool, within)

    async with read_pool(Settings(read_pool=1), database_url) as pool:
        monkeypatch.setattr(AsyncConnectionPool, "getconn", lend_to_the_second)
        async with pool.connection() as connection:
            assert not connection.closed
        assert waits == [resilient_pool.PATIENCE] * 2
        async with pool.connection():
            with pytest.raises(PoolTimeout):
                await pool.getconn(0)


async def test_no_question_outlives_its_bound_or_whoever_asks(database_url: str) -> None:
    """What somebody waits for ends after 30 s, a command's after a minute; all of it with the
    process that asks.
    """
    for reads in (read_pool(Settings(), database_url), note_pool(database_url)):
        async with reads, reads.connection() as connection:
            row = await (await connection.execute(HOW_LONG)).fetchone()
            assert row == ("30s", "1s")
    for steps in (priming_pool(database_url, 1), vault_pool(database_url)):
        with steps, steps.connection() as connection:
            assert connection.execute(HOW_LONG).fetchone() == ("1min", "1s")
    with LogRecorder(database_url, 1) as log, log.datastore.cursor() as cursor:
        found = cursor.execute(HOW_LONG).fetchone()
        assert found == {"longest": "1min", "look": "1s"}


async def test_a_replica_answers_when_there_is_one(database_url: str) -> None:
    """The setting wins over the database that is written to."""
    settings = Settings(read_database_url=database_url)
    pool = read_pool(settings, "postgresql://nowhere.invalid/x")
    async with pool, pool.connection() as connection:
        row = await (await connection.execute("SELECT 1")).fetchone()
        assert row == (1,)


def test_reads_look_for_the_host_that_is_written_to_unless_others_are_named() -> None:
    """Whoever names several hosts for the log does not expect to be answered by a standby."""
    hosts = "postgresql://a,b/segments"
    reads = conninfo_to_dict(read_conninfo(Settings(), hosts))
    assert reads["target_session_attrs"] == "read-write"
    replicas = Settings(read_database_url="postgresql://c,d/segments?load_balance_hosts=random")
    reads = conninfo_to_dict(read_conninfo(replicas, hosts))
    assert (reads["host"], "target_session_attrs" in reads) == ("c,d", False)


async def test_says_soon_that_there_is_no_database(tmp_path: object) -> None:
    """An OperationalError, not an endless wait."""
    pool = read_pool(Settings(), f"postgresql://postgres@/segments?host={tmp_path}")
    async with pool:
        with pytest.raises(psycopg.OperationalError):
            async with pool.connection(timeout=0.1):
                pass
