"""From a command to events in the log: exactly once, however often it is sent or races are lost.

permission ─► first attempt ─► lost the race? ─► read on, decide again, in turns ─► …
                   │
                   └─ the commandId is there already? ─► its first outcome, or COMMAND_REUSED
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from eventsourcing.persistence import InterfaceError, OperationalError

from domain.attempt import Attempt
from domain.boundary_reader import BoundaryReader
from domain.command_result import CommandResult, Unavailable
from domain.kernel.clock import Clock
from domain.kernel.commands.command import Command
from domain.kernel.envelope import CommandRequest
from domain.kernel.rejections import CommandRejected, reason_required
from domain.kernel.values import new_command_id
from domain.learner import Learner
from domain.log import EventLog
from domain.policy import require
from domain.replay import request_hash
from domain.snapshot import Snapshots

T = TypeVar("T")


class Dispatcher:
    """Runs commands against the log. Safe to share between threads."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        request_key: bytes,
        snapshots: Snapshots,
        connection_errors: tuple[type[Exception], ...] = (),
    ) -> None:
        """`connection_errors` are raised by what commands ask beside the log (the read model, the
        vault) when the database does not answer.
        """
        self._log = log
        self._clock = clock
        self._request_key = request_key
        self._snapshots = snapshots
        self._reader = BoundaryReader(log, snapshots)
        self._connection_errors: tuple[type[Exception], ...] = (
            OperationalError,
            InterfaceError,
            *connection_errors,
        )

    def dispatch(
        self, command: Command, request: CommandRequest, *, waits: bool = True, at_least: int = 0
    ) -> CommandResult:
        """Decides and records the command's events.

        CommandRejected when the answer is no, Unavailable when there is none, ReadModelBehind when
        the read model has to be waited for: then to be dispatched again, with the same
        `command_id`, and `at_least` there. A caller that does not wait (any more) has the command
        bring itself forward by however many events, if it can do without the read model.
        """
        return self._attempt(Attempt.run, command, request, waits=waits, at_least=at_least)

    def dry_run(
        self, command: Command, request: CommandRequest, *, waits: bool = True, at_least: int = 0
    ) -> None:
        """Lets the command find out what it would do, and records nothing.

        CommandRejected, Unavailable or ReadModelBehind, as `dispatch`; the command itself can then
        be asked.
        """
        self._attempt(Attempt.learn, command, request, waits=waits, at_least=at_least)

    def _attempt(
        self,
        run: Callable[[Attempt], T],
        command: Command,
        request: CommandRequest,
        *,
        waits: bool,
        at_least: int,
    ) -> T:
        _admit(command, request)
        command_id = request.command_id or new_command_id()
        learner = Learner(
            self._log,
            self._reader,
            self._snapshots,
            command,
            command_id,
            waits=waits,
            at_least=at_least,
        )
        hashed = request_hash(command, request, self._request_key)
        attempt = Attempt(self._log, learner, self._clock, command, request, command_id, hashed)
        try:
            return run(attempt)
        except self._connection_errors as lost:
            raise Unavailable("The database does not answer", command_id) from lost


def _admit(command: Command, request: CommandRequest) -> None:
    """CommandRejected when the principal has no permission, or gives no reason where one is
    required.
    """
    require(request.principal, command.PERMISSION)
    if command.REASON_REQUIRED and request.reason is None:
        raise CommandRejected(reason_required())
