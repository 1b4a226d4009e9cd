"""One attack, and the two who look on: somebody who asks for a list, and the system's memory."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bench.attacks.bystander import bystander
from bench.support.site import Bench

PAUSE = 0.05
"""Seconds between two looks at the memory."""
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
    async with bystander(bench.url, bench.token) as looking_on:
        before = _resident(bench.pid)
        ended = asyncio.Event()
        looking = asyncio.create_task(_look(bench.pid, ended))
        started = time.perf_counter()
        told = await attack.mount(bench)
        seconds = time.perf_counter() - started
        ended.set()
        peak = await looking
    # inclusive: of twenty questions no percentile is more than the slowest took
    p99 = statistics.quantiles(looking_on.waits, n=100, method="inclusive")[98]
    return Outcome(told, seconds, p99 * 1000, (peak - before) / MIB)


async def _look(pid: int, ended: asyncio.Event) -> int:
    peak = _resident(pid)
    while not ended.is_set():
        await asyncio.sleep(PAUSE)
        peak = max(peak, _resident(pid))
    return peak


def _resident(pid: int) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * PAGE
