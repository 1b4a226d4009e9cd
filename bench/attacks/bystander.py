"""Somebody who looks on: a process of their own that asks for a list every 50 ms."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

SCRIPT = "bench.attacks.list_asker"


@dataclass
class Bystander:
    """What they told."""

    waits: list[float] = field(default_factory=list)


@asynccontextmanager
async def bystander(url: str, token: str) -> AsyncIterator[Bystander]:
    """Looks on while the block runs; what they told is there after it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", SCRIPT, url, token),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**24,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    found = Bystander()
    try:
        yield found
    finally:
        told, _ = await process.communicate(b"end\n")
        found.waits += json.loads(told)
