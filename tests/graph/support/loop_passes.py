"""Passes of the event loop."""

from __future__ import annotations

import asyncio


class Passes:
    """Counts those of the event loop."""

    def __init__(self) -> None:
        self.count = 0
        self._count_on()

    def _count_on(self) -> None:
        self.count += 1
        self.next = asyncio.get_running_loop().call_soon(self._count_on)
