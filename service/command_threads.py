"""Commands run in a bounded number of threads; none is held while a command waits, and one
principal's commands do not take all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import TypeVar

from domain.command_result import CommandResult, Unavailable
from domain.dispatch import Dispatcher
from domain.kernel.commands.command import Command
from domain.kernel.commands.planned_command import PlannedCommand
from domain.kernel.envelope import CommandRequest
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.rejections import CommandRejected
from domain.kernel.values import new_command_id
from domain.learner import MAX_ATTEMPTS
from graph.support.scheduling.concurrency_limit import ConcurrencyLimit
from graph.support.scheduling.fair_thread_pool import FairThreadPool
from projections.engine.disk import is_disk_full
from projections.engine.position import ReadModelPosition
from service.database.disk_space import DiskSpace, Writer
from service.telemetry.metrics import COMMANDS

T = TypeVar("T")

DISK_FULL = "The database's disk is full, and nothing can be recorded until there is room"
"""The message for a command that could not be recorded because of that."""

WAIT_TIMEOUT_S = 60.0
"""Seconds that a command waits for the read model, which may have a large file before it: 100,000
creations take it ten seconds."""

BETWEEN_LOOKS = 1.0
"""Seconds after which a waiting command checks by itself: reads, and the known position of the read
model, may come from a replica that does not keep up.
"""

MAX_CONCURRENT_PLANS = 2
"""Uploads and undos of one principal in threads. They compute for most of their time, and share one
processor for that: eight at once take a quarter longer in six threads than in two.
"""


class CommandThreads:
    """Runs commands for the event loop: the library's recorder is not asynchronous.

    Both methods raise what the dispatcher does, and ReadModelBehind when the read model does not
    reach the position that the command needs, or has moved on too often.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        threads: FairThreadPool,
        position: ReadModelPosition,
        disk_space: DiskSpace,
    ) -> None:
        self._dispatcher = dispatcher
        self._threads = threads
        self._position = position
        self._disk_space = disk_space
        self._plans = ConcurrencyLimit(MAX_CONCURRENT_PLANS)

    async def dispatch(self, command: Command, request: CommandRequest) -> CommandResult:
        """See Dispatcher. A command that was accepted is done, though the client does not wait any
        more.
        """
        return await asyncio.shield(self._done(command, request))

    async def _done(self, command: Command, request: CommandRequest) -> CommandResult:
        try:
            outcome = await self._run(self._dispatcher.dispatch, command, request)
        except CommandRejected as refused:
            COMMANDS.labels(command.NAME, refused.rejections[0].code.value).inc()
            raise
        except Unavailable as unavailable:
            self._count(command, unavailable)
            if not is_disk_full(unavailable):
                raise
            raise Unavailable(DISK_FULL, unavailable.command_id) from unavailable
        COMMANDS.labels(command.NAME, "REPEATED" if outcome.repeated else "DONE").inc()
        if outcome.events and not outcome.repeated:
            self._disk_space.found(Writer.COMMANDS, has_space=True)
        return outcome

    def _count(self, command: Command, unavailable: Unavailable) -> None:
        is_full = is_disk_full(unavailable)
        COMMANDS.labels(command.NAME, "DISK_FULL" if is_full else "UNAVAILABLE").inc()
        if is_full:
            self._disk_space.found(Writer.COMMANDS, has_space=False)

    async def dry_run(self, command: Command, request: CommandRequest) -> None:
        """See Dispatcher."""
        await self._run(self._dispatcher.dry_run, command, request)

    def _place(
        self, command: Command, request: CommandRequest
    ) -> AbstractAsyncContextManager[None]:
        if isinstance(command, PlannedCommand):
            return self._plans.slot(request.principal.id)
        return nullcontext()

    async def _run(self, run: Callable[..., T], command: Command, request: CommandRequest) -> T:
        """Runs a command under one id, by which a repetition is known to be the same. Each time it
        either waited, or the read model has reached it, and others have changed what it is about.
        """
        loop = asyncio.get_running_loop()
        request = replace(request, command_id=request.command_id or new_command_id())
        waits, waited, at_least, times_there = True, 0.0, 0, 0
        while True:
            once = partial(run, command, request, waits=waits, at_least=at_least)
            try:
                async with self._place(command, request):
                    return await loop.run_in_executor(self._threads, once)
            except ReadModelBehind as late:
                if waited >= WAIT_TIMEOUT_S or times_there == MAX_ATTEMPTS:
                    raise
                at_least, began = late.wanted, loop.time()
                is_there = await self._position.wait_or_timeout(at_least, BETWEEN_LOOKS)
                times_there += is_there
                waited += loop.time() - began
                waits = not is_there and waited < WAIT_TIMEOUT_S
