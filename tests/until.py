"""Waiting for what other threads do in their own time, without a word to anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

TIMEOUT_S = 20.0
"""Seconds after which it will never be so."""


async def until(is_so: Callable[[], bool]) -> bool:
    """Whether it becomes so. For what nobody tells of; all else has an event to wait for."""
    now = asyncio.get_running_loop().time
    end, becomes_so = now() + TIMEOUT_S, is_so()
    while not becomes_so and now() < end:
        await asyncio.sleep(0)
        becomes_so = is_so()
    return becomes_so
