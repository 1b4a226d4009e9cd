"""Those who follow the log do not notice which process projects, nor which read model is read."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from projections.rebuild.switch import switch
from tests.acceptance.service import Service, client, create, serving
from tests.acceptance.test_following_the_log import Follower
from tests.projections.rebuilt import rebuild, rebuild_context

pytestmark = pytest.mark.slow

TIMEOUT_S = 30.0


async def _stay(follower: Follower) -> None:
    """Follows until the process is gone."""
    with suppress(ConnectionClosed):
        await follower.stay()


async def test_every_event_once_and_in_order(
    service: Service, database_url: str, data_dir: Path, admin: str
) -> None:
    """The process that projects is killed, another takes over, the read model is switched: who
    followed the other process goes on, who followed the killed one comes back without a gap.
    """
    with serving(database_url, data_dir) as other:
        lost, stayed = Follower(service, admin), Follower(other, admin)
        tasks = [asyncio.create_task(_stay(lost)), asyncio.create_task(stayed.stay())]
        async with client(other.url, admin) as http, asyncio.timeout(3 * TIMEOUT_S):
            for number in range(10):
                await create(http, name=f"Segment {number}")
            await lost.until(10)
            service.kill()
            await tasks[0]
            for number in range(10, 20):
                await create(http, name=f"Segment {number}")
            await stayed.until(20)
            await asyncio.to_thread(_switched, database_url)
            back = Follower(other, admin)
            back.positions += lost.positions
            tasks.append(asyncio.create_task(back.stay()))
            for number in range(20, 30):
                await create(http, name=f"Segment {number}")
            await asyncio.gather(stayed.until(30), back.until(30))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert stayed.positions == back.positions == list(range(1, 31))


def _switched(database_url: str) -> None:
    rebuild(database_url)
    with rebuild_context(database_url) as there:
        switch(there)
