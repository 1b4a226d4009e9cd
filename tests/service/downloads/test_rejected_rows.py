"""Rejected rows name people: they are kept for an hour, whether anybody uploads again or not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from service.database.pools import note_pool
from service.downloads.rejected_rows import RETENTION, RejectedRows
from service.settings import Settings
from service.site import open_site

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
WAIT_TIMEOUT_S = 30


class Clock:
    """Moved by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """It is noon."""
    return Clock()


@pytest.fixture
async def kept(database_url: str, clock: Clock) -> AsyncIterator[RejectedRows]:
    """What is tested; nothing runs beside it."""
    async with note_pool(database_url) as pool:
        yield RejectedRows(pool, clock)


def _id(path: str) -> UUID:
    return UUID(path.split("/")[3])


def _count(database_url: str) -> int:
    with psycopg.connect(database_url) as owner:
        [(count,)] = owner.execute("SELECT count(*) FROM uploads.rejected_rows").fetchall()
    return int(count)


@pytest.mark.parametrize(
    ("after", "there"), [(RETENTION - INSTANT, True), (RETENTION, False)], ids=["before", "at"]
)
async def test_an_hour_is_an_hour(
    kept: RejectedRows, clock: Clock, database_url: str, after: timedelta, there: bool
) -> None:
    """To the microsecond: then it is not served, looked for or not, and the next look takes it."""
    file = _id(await kept.store("person_1", [b"name,reason\n"]))
    clock.now += after
    assert (await kept.read("person_1", file) is not None) is there
    assert await kept.purge() == (0 if there else 1)
    assert _count(database_url) == (1 if there else 0)


@pytest.mark.parametrize(
    ("back", "there"), [(RETENTION, True), (RETENTION + INSTANT, False)], ids=["an hour", "more"]
)
async def test_a_clock_that_is_put_back_keeps_nothing_for_days(
    kept: RejectedRows, clock: Clock, database_url: str, back: timedelta, there: bool
) -> None:
    """Clocks of two processes may be apart a little: by an hour they are not."""
    await kept.store("person_1", [b"name,reason\n"])
    clock.now -= back
    assert await kept.purge() == (0 if there else 1)
    assert _count(database_url) == (1 if there else 0)


async def test_they_go_by_themselves(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody uploads, nobody asks: a service that is there is enough."""
    with psycopg.connect(database_url) as owner:
        owner.execute(
            "INSERT INTO uploads.rejected_rows SELECT gen_random_uuid(), 'person_1', expires_at, ''"
            " FROM unnest(%s::timestamptz[]) AS expires_at",
            [[NOON - timedelta(days=3), NOON, NOON + INSTANT]],
        )
    looked, purge = asyncio.Event(), RejectedRows.purge

    async def purged(kept: RejectedRows) -> int:
        count = await purge(kept)
        looked.set()
        return count

    monkeypatch.setattr(RejectedRows, "purge", purged)
    settings = Settings(data_dir=tmp_path, command_threads=2, read_pool=4)
    async with open_site(settings, database_url, clock=lambda: NOON):
        await asyncio.wait_for(looked.wait(), WAIT_TIMEOUT_S)
    assert _count(database_url) == 1
