"""The access log: nothing noted is lost while it can be helped, and nothing read goes unnoted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from domain.kernel.envelope import Channel
from domain.kernel.principal import ActorKind, Principal, Role
from projections.access import log as access_log
from projections.access.entry import ALLOWED, Access, from_the_command_line
from projections.access.log import AccessLog, AccessLogFull, PendingEntries, note_now
from projections.access.reads import AccessQuery, AccessReads
from projections.actors.reads import ActorReads
from projections.people.reads import UserReads
from projections.sql.paging import PageRequest
from service.database.connections import service_conninfo
from service.database.pools import ReadPool, note_pool
from service.database.retention import set_retention

ADA = Principal("person_1", ActorKind.USER, frozenset({Role.AUDITOR}), "Ada L.")
EVERYTHING = AccessQuery()


WRITTEN_BEFORE = """
    INSERT INTO access.entries (at, actor, roles, operation, about, outcome, channel, request_id)
    VALUES (now() - %s, 'a', '{}', %s, '{}', 'ALLOWED', 'API', 'r')
"""


def access(operation: str = "events", principal: Principal = ADA, **about: Any) -> Access:
    """Somebody read something."""
    return Access(
        principal=principal,
        operation=operation,
        about={"first": 5, **about},
        outcome=ALLOWED,
        channel=Channel.API,
        request_id="request-1",
    )


@pytest.fixture
async def notes(database_url: str) -> AsyncIterator[ReadPool]:
    """Connections to write with."""
    async with note_pool(database_url) as pool:
        yield pool


@pytest.fixture
def reads(notes: ReadPool) -> AccessReads:
    """What was written."""
    return AccessReads(notes)


@pytest.fixture
def log(notes: ReadPool, pool: ReadPool, users: UserReads) -> AccessLog:
    """What is tested; nothing runs beside it."""
    return AccessLog(notes, ActorReads(pool, notes, users))


async def _operations(reads: AccessReads) -> list[str]:
    return [entry.operation for entry in (await reads.page(EVERYTHING, PageRequest(100))).rows]


async def _until_written(reads: AccessReads) -> None:
    async with asyncio.timeout(10):
        while not await _operations(reads):
            pass  # asking lets the others go on


async def test_what_was_noted_is_written_in_order(log: AccessLog, reads: AccessReads) -> None:
    """With the roles of then; the name is kept elsewhere."""
    log.note(access("events"))
    log.note(access("history"))
    assert await _operations(reads) == []
    await log.flush()
    page = await reads.page(EVERYTHING, PageRequest(100))
    assert [entry.operation for entry in page.rows] == ["events", "history"]
    assert (page.rows[0].actor, page.rows[0].roles) == (ADA.id, [Role.AUDITOR])
    assert page.rows[0].about == {"first": 5}


async def test_it_writes_by_itself(log: AccessLog, reads: AccessReads) -> None:
    """A moment after something was noted, and the rest when it is closed."""
    running = asyncio.create_task(log.run())
    log.note(access("events"))
    await _until_written(reads)
    running.cancel()
    await asyncio.wait([running])
    log.note(access("history"))
    await log.close()
    assert await _operations(reads) == ["events", "history"]


async def test_a_stop_in_mid_write_writes_nothing_twice(
    log: AccessLog, reads: AccessReads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even when it comes between the commit and the news of it."""
    write, committed, told = log._write, asyncio.Event(), asyncio.Event()

    async def slow(batch: list[PendingEntries]) -> None:
        await write(batch)
        committed.set()
        await told.wait()

    monkeypatch.setattr(log, "_write", slow)
    log.note(access("events"))
    running = asyncio.create_task(log.run())
    await committed.wait()
    running.cancel()
    await asyncio.wait([running])
    log.note(access("history"))
    told.set()
    await log.close()
    assert await _operations(reads) == ["events", "history"]


async def test_a_database_that_fails_is_tried_again(
    log: AccessLog, reads: AccessReads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was noted waits meanwhile."""
    monkeypatch.setattr(access_log, "RETRY_INTERVAL_S", 0.01)
    write, failures = log._write, [OSError("gone"), psycopg.OperationalError("gone")]

    async def failing(batch: list[PendingEntries]) -> None:
        if failures:
            raise failures.pop()
        await write(batch)

    monkeypatch.setattr(log, "_write", failing)
    log.note(access())
    running = asyncio.create_task(log.run())
    await _until_written(reads)
    running.cancel()
    await asyncio.wait([running])
    assert failures == []


async def test_nothing_more_is_read_when_too_much_waits(
    log: AccessLog, reads: AccessReads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks is refused, until it could be written."""
    ids = [f"segment_{number:032}" for number in range(100)]
    large = access("one", segments=ids)
    monkeypatch.setattr(access_log, "MAX_WAITING_BYTES", 2 * PendingEntries.of(large).weight)
    log.note(large)
    log.note(large)
    with pytest.raises(AccessLogFull):
        log.note(access("two"))
    await log.flush()
    for _ in range(8):  # in the room of one
        log.note(access("three"))
    await log.flush()
    assert await _operations(reads) == ["one", "one", *["three"] * 8]


async def test_old_entries_go_after_the_settings_days(
    log: AccessLog, reads: AccessReads, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bounded number at a time, and never one that is younger than a month."""
    monkeypatch.setattr(access_log, "MAX_PURGED", 2)
    set_retention(database_url, 90)
    with psycopg.connect(database_url) as owner:
        for days in (400, 91, 89, 31, 29, 0):
            owner.execute(WRITTEN_BEFORE, [timedelta(days=days), f"{days} days"])
    assert await log.purge() == 2
    assert await _operations(reads) == ["89 days", "31 days", "29 days", "0 days"]
    set_retention(database_url, 30)
    assert await log.purge() == 2
    assert await _operations(reads) == ["29 days", "0 days"]
    assert await log.purge() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access.entries SET outcome = 'x'",
        "DELETE FROM access.entries",
        "TRUNCATE access.entries",
    ],
)
def test_nobody_changes_it(database_url: str, statement: str) -> None:
    """Neither the service, which lacks the right, nor the owner, whom a trigger stops."""
    for conninfo in (database_url, service_conninfo(database_url, "pg_catalog")):
        with psycopg.connect(conninfo) as connection:
            note_now(connection, from_the_command_line("export", after=0))
            with pytest.raises(InsufficientPrivilege):
                connection.execute(statement.encode())


async def test_an_entry_is_of_when_it_was_written(
    log: AccessLog, reads: AccessReads, database_url: str
) -> None:
    """By the database's clock, which the service does not set."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        [(before,)] = connection.execute("SELECT clock_timestamp()").fetchall()
        log.note(access("events"))
        await log.flush()
        [(after,)] = connection.execute("SELECT clock_timestamp()").fetchall()
    (entry,) = (await reads.page(EVERYTHING, PageRequest(100))).rows
    assert before < entry.at < after


async def test_a_clock_that_was_put_back_hides_no_entry(
    log: AccessLog, reads: AccessReads, database_url: str
) -> None:
    """The newest stands at the end, where an auditor who pages on finds it."""
    with psycopg.connect(database_url) as owner:
        owner.execute(WRITTEN_BEFORE, [timedelta(hours=-5), "by a clock that was ahead"])
    (ahead,) = (await reads.page(EVERYTHING, PageRequest(1))).rows
    log.note(access("events"))
    await log.flush()
    assert await _operations(reads) == ["by a clock that was ahead", "events"]
    (next_one,) = (await reads.page(EVERYTHING, PageRequest(1, after=(ahead.id,)))).rows
    assert next_one.operation == "events"
