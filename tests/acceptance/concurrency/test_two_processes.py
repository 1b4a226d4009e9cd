"""Several service processes on one database act as one service."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from tests.acceptance.service import Service, ask, client, create, serving
from tests.forms import short_and_long

LIST = """
    query ($position: LogPosition!) {
        siteUserSegments(first: 100, minPosition: $position) { nodes { id } totalCount }
    }
"""
HANDOVER_TIMEOUT_S = 5.0
"""Seconds, where the machine has nothing else to do."""
BUSY = 60.0


async def test_what_one_accepts_the_other_lists(
    service: Service, database_url: str, data_dir: Path, admin: str
) -> None:
    """After minPosition, in both directions, while each waits for the other's every write."""
    with serving(database_url, data_dir) as other:
        async with client(service.url, admin) as here, client(other.url, admin) as there:
            for number in range(20):
                writer, reader = (here, there) if number % 2 else (there, here)
                payload = await create(writer, name=f"Segment {number}")
                data = await ask(reader, LIST, position=payload["position"])
                listed = [node["id"] for node in data["siteUserSegments"]["nodes"]]
                assert payload["segment"]["id"] in listed
                assert data["siteUserSegments"]["totalCount"] == number + 1


@short_and_long("longest", BUSY, HANDOVER_TIMEOUT_S)
async def test_another_projector_takes_over(
    service: Service, database_url: str, data_dir: Path, admin: str, longest: float
) -> None:
    """The first process projects; when it is killed, the second shows the next write in time."""
    with serving(database_url, data_dir) as other:
        async with client(other.url, admin) as http:
            await create(http, name="Before")
            assert any("projector is active" in line for line in service.lines)
            assert not any("projector is active" in line for line in other.lines)
            service.kill()
            started = time.monotonic()
            payload = await create(http, name="After")
            while payload["segment"] is None and time.monotonic() - started < longest:
                data = await ask(http, LIST, position=payload["position"])
                payload["segment"] = data["siteUserSegments"]["nodes"][0]
                await asyncio.sleep(0)
    assert payload["segment"] is not None
    assert time.monotonic() - started < longest
