"""What others do while a command is planned, and just before it records."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from typing import Any

import pytest
from eventsourcing.dcb.api import DCBEvent

from domain.uploads.snapshot import UploadSnapshot
from domain.uploads.upload_command import UploadCommand
from service.database.log_store.recorder import LogRecorder

TIMEOUT_S = 30

Happening = Callable[[], Awaitable[object]]


class Meanwhile:
    """Lets the next happening happen at each plan's end and before each append, and counts these.

    A principal needs two command threads for that: one waits for what the other does.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._happenings: Iterator[Happening] = iter(())
        self._places: Collection[str] = ()
        self._happens = False
        self.appends = 0
        self.plans = 0
        append, plan_on = LogRecorder.append, UploadCommand.plan_on

        def disturbed(log: LogRecorder, events: Sequence[DCBEvent], *rest: Any) -> int:
            if not self._happens:
                self.appends += 1
                self._disturb("append")
            return append(log, events, *rest)

        def planned(command: UploadCommand[Any], snapshot: UploadSnapshot) -> None:
            plan_on(command, snapshot)
            self.plans += 1
            self._disturb("plan")

        monkeypatch.setattr(LogRecorder, "append", disturbed)
        monkeypatch.setattr(UploadCommand, "plan_on", planned)

    def plan(self, happenings: Iterator[Happening], places: Collection[str] = ("append",)) -> None:
        """What is to happen from now on, in the loop that runs now: at a "plan" or an "append"."""
        self._places = places
        self._loop = asyncio.get_running_loop()
        self._happenings = happenings
        self.appends = self.plans = 0

    def _disturb(self, place: str) -> None:
        """What others do is not disturbed itself."""
        happening = next(self._happenings, None) if place in self._places else None
        if happening is not None:
            self._happens = True
            try:
                asyncio.run_coroutine_threadsafe(_done(happening), self._loop).result(TIMEOUT_S)
            finally:
                self._happens = False


async def _done(happening: Happening) -> None:
    await happening()
