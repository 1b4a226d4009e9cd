"""Deletes expired data, again and again, beside the service."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

EVERY_MINUTE = 60.0
EVERY_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Sweep:
    """A deletion of expired data: `run` deletes it and returns its amount; `every` is in
    seconds.
    """

    what: str
    every: float
    run: Callable[[], Awaitable[int]]


async def sweep(task: Sweep) -> None:
    """Runs at once and then at intervals, until cancelled. Any number of processes may do it."""
    words = structlog.get_logger("sweeps")
    while True:
        try:
            gone = await task.run()
        except Exception as failure:  # noqa: BLE001 - it is tried again later, whatever it was
            words.warning(
                "what is past its time stays for now", what=task.what, error=repr(failure)
            )
        else:
            if gone:
                words.info("what was past its time is gone", what=task.what, count=gone)
        await asyncio.sleep(task.every)
