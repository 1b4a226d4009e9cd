"""A commit of 100,000 rows is done or not done, whenever its process dies."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import httpx2
import psycopg
import pytest

from tests.acceptance.service import Service, client
from tests.acceptance.test_killed_in_mid_write import rotation
from tests.acceptance.uploads import lines, upload

ROWS = 100_000
KILLS = 20


@pytest.mark.timeout(900)
async def test_20_kills_during_a_commit_leave_all_or_nothing(
    database_url: str, data_dir: Path, admin: str
) -> None:
    """kill -9 at random moments, from the request's first byte to a little after its answer."""
    chance = random.Random(11)
    outcomes: list[int] = []
    with rotation(database_url, data_dir) as services:
        whole = await _timed(services[0].wait_until_ready(), admin)
        for number in range(KILLS):
            service = services[0].wait_until_ready()
            moment = chance.uniform(0, whole * 1.1)
            acknowledged = await _commit_until_killed(service, admin, number, moment)
            services.popleft().stop()
            services.append(Service(database_url, data_dir))
            recorded = _recorded(database_url, number)
            assert recorded in {0, ROWS}
            assert recorded == ROWS or not acknowledged
            outcomes.append(recorded)
    assert 0 in outcomes, "no kill came before the end; the test shows nothing"


async def _timed(service: Service, admin: str) -> float:
    """How long a commit takes that nobody disturbs."""
    began = time.perf_counter()
    async with client(service.url, admin) as http:
        payload = await upload(http, "uploadUserSegments", _file(-1), mode="COMMIT")
    assert payload["created"] == ROWS
    return time.perf_counter() - began


async def _commit_until_killed(service: Service, admin: str, number: int, moment: float) -> bool:
    """Whether the commit was acknowledged before the process was killed."""
    async with client(service.url, admin) as http:
        commit = asyncio.create_task(
            upload(http, "uploadUserSegments", _file(number), mode="COMMIT")
        )
        await asyncio.wait([commit], timeout=moment)
        await asyncio.to_thread(service.kill)
        try:
            return bool((await commit)["created"] == ROWS)
        except httpx2.TransportError:
            return False


def _file(number: int) -> bytes:
    rows = (f"Segment {row} of file {number},file-{number}-{row}" for row in range(ROWS))
    return lines("name,code", rows)


def _recorded(database_url: str, number: int) -> int:
    """How many codes of that file are in the log."""
    query = "SELECT count(*) FROM log.events_tt_tag WHERE tag LIKE %s"
    with psycopg.connect(database_url) as connection:
        row = connection.execute(query, [f"code:file-{number}-%"]).fetchone()
    assert row is not None
    return int(row[0])
