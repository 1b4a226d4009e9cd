"""Sweeps go on: whatever is past its time is looked for again, also after a failure."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from structlog.testing import capture_logs

from service.sweeps import Sweep, sweep


async def test_it_is_tried_again_after_a_failure() -> None:
    """What was past its time is told when it is gone, and that it stays when it does."""
    came: list[int] = []
    enough = asyncio.Event()

    async def run() -> int:
        came.append(len(came))
        if len(came) == 1:
            raise OSError("gone")
        if len(came) == 4:
            enough.set()
        return 7 if len(came) == 2 else 0

    with capture_logs() as told:
        sweeping = asyncio.create_task(sweep(Sweep("old things", 0.0, run)))
        await enough.wait()
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
    assert [(line["log_level"], line["what"]) for line in told] == [
        ("warning", "old things"),
        ("info", "old things"),
    ]
    assert told[1]["count"] == 7
