"""One command on its way into the log: attempted until it is decided, and recorded exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from eventsourcing.dcb.domain import Selector
from eventsourcing.persistence import IntegrityError, InterfaceError, OperationalError

from domain.command_result import CommandResult, Unavailable
from domain.kernel.clock import Clock, format_instant
from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.command import Command
from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import CommandRequest, Envelope, command_tag, stamp
from domain.kernel.rejections import CommandRejected
from domain.kernel.values import CommandId
from domain.learner import MAX_ATTEMPTS, Learner
from domain.log import EventLog, RecordedEvent
from domain.replay import first_result


class Attempt:
    """Runs one command. Not shared between threads."""

    def __init__(
        self,
        log: EventLog,
        learner: Learner,
        clock: Clock,
        command: Command,
        request: CommandRequest,
        command_id: CommandId,
        request_hash: str,
    ) -> None:
        self._log = log
        self._learner = learner
        self._clock = clock
        self._command = command
        self._request = request
        self._command_id = command_id
        self._request_hash = request_hash
        self._own = Selector(tags=[command_tag(command_id)])
        self._read_to = 0
        self._looked_to = 0  # up to here this command itself is not in the log

    def run(self) -> CommandResult:
        """Attempts until it is decided; from the second attempt on it takes turns with its
        rivals.
        """
        if self._command.skip_initial_read():
            outcome = self._try_append()
            if outcome is not None:
                return outcome
        for attempt in range(MAX_ATTEMPTS):
            with self._turn(attempt):
                outcome = self.learn() or self._try_append()
            if outcome is not None:
                return outcome
        raise Unavailable("Too many others change the same thing at once", self._command_id)

    def learn(self) -> CommandResult | None:
        """Brings the command to the log's head; returns its first result when it is there
        already.
        """
        learned = self._learner.learn()
        self._read_to = learned.head
        if learned.own:
            return self._first_outcome(learned.own)
        self._looked_to = learned.head
        return None

    def _turn(self, attempt: int) -> AbstractContextManager[None]:
        if attempt == 0:
            return nullcontext()
        return self._log.lock(self._command.contention_key())

    def _decide(self) -> Sequence[Proposed]:
        try:
            return self._command.decide()
        except CommandRejected as refused:
            refused.position = self._read_to
            raise

    def _try_append(self) -> CommandResult | None:
        """Decides and appends; None when another command was faster."""
        try:
            proposed = self._decide()
        except CommandRejected:
            done = self._done_meanwhile()
            if done is None:
                raise
            return done
        if not proposed:
            return self._done_meanwhile() or CommandResult(self._command_id, self._read_to)
        try:
            position = self._append(proposed)
        except IntegrityError:
            self._learner.forget()
            return None
        except (OperationalError, InterfaceError) as lost:
            return self._after_lost_reply(lost)
        return CommandResult(self._command_id, position, tuple(each.event for each in proposed))

    def _append(self, proposed: Sequence[Proposed]) -> int:
        """Appends the events. IntegrityError when one that the command depends on came between."""
        condition = self._command.append_condition()
        fail_if = [*condition.selectors(), self._own]
        matches = None if condition.is_exact else partial(self._matches, condition)
        return self._log.append(proposed, self._envelope(), fail_if, self._read_to, matches)

    def _matches(self, condition: AppendCondition, recorded: RecordedEvent) -> bool:
        return recorded.envelope.command_id == self._command_id or condition.matches(recorded)

    def _done_meanwhile(self) -> CommandResult | None:
        """Returns the first result, when another request with this command came between.

        The snapshot that the command was decided on may contain it already: then there is nothing
        left to do, or nothing that may be done, and no append whose condition would tell.
        """
        found = self._log.read([self._own], after=self._looked_to)
        if not found.events:
            return None
        self._read_to = found.head
        return self._first_outcome(found.events)

    def _after_lost_reply(self, lost: Exception) -> CommandResult:
        """Returns the first result, if the events are stored though the reply to COMMIT was lost:
        the commandId tells.
        """
        found = self._log.read([self._own])
        if not found.events:
            raise Unavailable("The log did not confirm the command", self._command_id) from lost
        self._read_to = found.head
        return self._first_outcome(found.events)

    def _first_outcome(self, own: Sequence[RecordedEvent]) -> CommandResult:
        return first_result(own, self._command_id, self._request_hash, self._read_to)

    def _envelope(self) -> Envelope:
        request = self._request
        return Envelope(
            actor=stamp(request.principal),
            on_behalf_of=request.principal.on_behalf_of,
            channel=request.channel,
            reason=request.reason,
            command_id=self._command_id,
            correlation_id=request.correlation_id,
            causation_id=request.causation_id,
            recorded_at=format_instant(self._clock()),
            schema_version=1,
            request_hash=self._request_hash,
        )
