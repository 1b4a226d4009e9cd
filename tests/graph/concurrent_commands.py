"""Commands of others while one is planned, and just before it is recorded."""

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

Action = Callable[[], Awaitable[object]]


class ConcurrentCommands:
    """Runs the next action at the end of each plan and before each append, and counts these.

    A principal needs two command threads for that: one waits for what the other does.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._actions: Iterator[Action] = iter(())
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

    def plan(self, actions: Iterator[Action], places: Collection[str] = ("append",)) -> None:
        """Sets the actions from now on, in the loop that runs now: at a "plan" or an "append"."""
        self._places = places
        self._loop = asyncio.get_running_loop()
        self._actions = actions
        self.appends = self.plans = 0

    def _disturb(self, place: str) -> None:
        """What others do is not disturbed itself."""
        action = next(self._actions, None) if place in self._places else None
        if action is not None:
            self._happens = True
            try:
                asyncio.run_coroutine_threadsafe(_done(action), self._loop).result(TIMEOUT_S)
            finally:
                self._happens = False


async def _done(action: Action) -> None:
    await action()
