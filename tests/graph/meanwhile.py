"""What others do just before a command records: the log's append is where it is decided."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import pytest
from eventsourcing.dcb.api import DCBEvent

from service.database.log_recorder import LogRecorder

LONGEST = 30

Happening = Callable[[], Awaitable[object]]


class Meanwhile:
    """Lets the next happening happen before each append of the site's own, and counts these.

    A site needs two command threads for that: one waits for what the other does.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._happenings: Iterator[Happening] = iter(())
        self._happens = False
        self.appends = 0
        append = LogRecorder.append

        def disturbed(log: LogRecorder, events: Sequence[DCBEvent], *rest: Any) -> int:
            self._disturb()
            return append(log, events, *rest)

        monkeypatch.setattr(LogRecorder, "append", disturbed)

    def plan(self, happenings: Iterator[Happening]) -> None:
        """What is to happen from now on, in the loop that runs now."""
        self._loop = asyncio.get_running_loop()
        self._happenings = happenings
        self.appends = 0

    def _disturb(self) -> None:
        """What others do is not disturbed itself."""
        if self._happens:
            return
        self.appends += 1
        happening = next(self._happenings, None)
        if happening is not None:
            self._happens = True
            try:
                asyncio.run_coroutine_threadsafe(_done(happening), self._loop).result(LONGEST)
            finally:
                self._happens = False


async def _done(happening: Happening) -> None:
    await happening()
