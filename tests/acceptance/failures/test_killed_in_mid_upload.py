"""A commit of many rows is done or not done, whenever its process dies."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import NamedTuple

import httpx2
import psycopg

from tests.acceptance.failures.test_killed_in_mid_write import rotation
from tests.acceptance.service import Service, client
from tests.acceptance.uploads import lines, upload
from tests.forms import short_and_long


class Kills(NamedTuple):
    """How many there are, each in the commit of a file of that many rows."""

    times: int
    rows: int


SHORT = Kills(times=3, rows=2_000)
LONG = Kills(times=20, rows=100_000)


@short_and_long("kills", SHORT, LONG)
async def test_kills_during_a_commit_leave_all_or_nothing(
    database_url: str, data_dir: Path, admin: str, kills: Kills
) -> None:
    """kill -9 at moments from the request's first byte to a little after its answer."""
    outcomes: list[int] = []
    with rotation(database_url, data_dir) as services:
        whole = await _timed(services[0].wait_until_ready(), admin, _file(-1, kills.rows))
        for number in range(kills.times):
            service = services[0].wait_until_ready()
            moment = whole * 1.1 * number / (kills.times - 1)
            file = _file(number, kills.rows)
            acknowledged = await _commit_until_killed(service, admin, file, moment)
            services.popleft().stop()
            services.append(Service(database_url, data_dir))
            recorded = _recorded(database_url, number)
            assert recorded in {0, kills.rows}
            assert recorded == kills.rows or not acknowledged
            outcomes.append(recorded)
    assert outcomes[0] == 0, "the first kill comes with the first byte"


async def _timed(service: Service, admin: str, file: bytes) -> float:
    """How long a commit takes that nobody disturbs."""
    began = time.perf_counter()
    async with client(service.url, admin) as http:
        payload = await upload(http, "uploadUserSegments", file, mode="COMMIT")
    assert payload["errors"] == []
    return time.perf_counter() - began


async def _commit_until_killed(service: Service, admin: str, file: bytes, moment: float) -> bool:
    """Whether the commit was acknowledged before the process was killed."""
    async with client(service.url, admin) as http:
        commit = asyncio.create_task(upload(http, "uploadUserSegments", file, mode="COMMIT"))
        await asyncio.wait([commit], timeout=moment)
        await asyncio.to_thread(service.kill)
        try:
            return not (await commit)["errors"]
        except httpx2.TransportError:
            return False


def _file(number: int, count: int) -> bytes:
    rows = (f"Segment {row} of file {number},file-{number}-{row}" for row in range(count))
    return lines("name,code", rows)


def _recorded(database_url: str, number: int) -> int:
    """How many codes of that file are in the log."""
    query = "SELECT count(*) FROM log.events_tt_tag WHERE tag LIKE %s"
    with psycopg.connect(database_url) as connection:
        row = connection.execute(query, [f"code:file-{number}-%"]).fetchone()
    assert row is not None
    return int(row[0])
