"""One attack, and the two who look on: somebody who asks for a list, and the system's memory."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2

from bench.site import Bench

PAUSE = 0.05
"""Seconds between two questions, and between two looks at the memory."""
LIST = {"query": "{ siteUserSegments(first: 10) { edges { node { id name } } } }"}
BEFORE = 20
"""Questions before the attack, so that whatever is made at first is there."""
PAGE = 4096
MIB = 1024 * 1024


@dataclass(frozen=True)
class Attack:
    """What somebody does; it returns how they were answered."""

    name: str
    mount: Callable[[Bench], Awaitable[str]]


@dataclass(frozen=True)
class Outcome:
    """What came of it: the answer, the bystander's milliseconds, and MiB above what was before."""

    told: str
    seconds: float
    p99: float
    memory: float


async def mounted(attack: Attack, bench: Bench) -> Outcome:
    """The outcome of an attack."""
    async with bench.client(kept=0) as http:  # it may wait for longer than connections are kept
        for _ in range(BEFORE):
            await http.post("/graphql", json=LIST)
        before = _resident(bench.pid)
        ended = asyncio.Event()
        asking = asyncio.create_task(_ask(http, ended))
        looking = asyncio.create_task(_look(bench.pid, ended))
        started = time.perf_counter()
        told = await attack.mount(bench)
        seconds = time.perf_counter() - started
        ended.set()
        waits, peak = await asking, await looking
    p99 = statistics.quantiles(waits, n=100)[98] if len(waits) > 1 else waits[0]
    return Outcome(told, seconds, p99 * 1000, (peak - before) / MIB)


async def _ask(http: httpx2.AsyncClient, ended: asyncio.Event) -> list[float]:
    """Seconds that each of its questions took. Who waits asks the next one when it is answered."""
    waits: list[float] = []
    while not ended.is_set() or len(waits) < BEFORE:
        started = time.perf_counter()
        await http.post("/graphql", json=LIST)
        waits.append(time.perf_counter() - started)
        await asyncio.sleep(PAUSE)
    return waits


async def _look(pid: int, ended: asyncio.Event) -> int:
    peak = _resident(pid)
    while not ended.is_set():
        await asyncio.sleep(PAUSE)
        peak = max(peak, _resident(pid))
    return peak


def _resident(pid: int) -> int:
    """Bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
