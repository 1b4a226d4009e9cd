"""Tasks of the event loop."""

from __future__ import annotations

import asyncio


async def cancelled(task: asyncio.Task[None]) -> None:
    """Cancels a task and returns once it has ended. It is cancelled again and again: before Python
    3.12 `wait_for`, which the pools use, forgets a cancellation that comes in the moment in which
    it is done.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=0.1)
