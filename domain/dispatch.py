"""From a command to facts in the log: exactly once, however often it is asked or races are lost.

permission ─► first attempt ─► lost the race? ─► read on, decide again, held in line ─► …
                   │
                   └─ the commandId is there already? ─► its first result, or COMMAND_REUSED
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial

import msgspec
from eventsourcing.dcb.domain import Selector
from eventsourcing.persistence import IntegrityError, InterfaceError, OperationalError

from domain.boundary_reader import BoundaryReader
from domain.kernel.append_condition import Concerns
from domain.kernel.clock import Clock, format_instant
from domain.kernel.command import Command
from domain.kernel.envelope import Envelope, Request, UploadNote, command_tag, stamp
from domain.kernel.event import Event
from domain.kernel.proposed import Proposed
from domain.kernel.read_model_late import ReadModelLate
from domain.kernel.refusals import CommandRefused, RefusalCode, Refused, reason_required
from domain.kernel.values import CommandId, new_command_id
from domain.log import Batch, EventLog, Recorded
from domain.policy import require
from domain.snapshot import Snapshots

MOST_ATTEMPTS = 20
"""Lost races in a row before a command is given up. From the second attempt on writers of one
boundary stand in line, so that more than a few in a row mean that something is wrong."""


MOST_TO_CATCH_UP = 500
"""Facts that a command brings itself forward by; if the read model has more before it than that, it
is waited for: a large file is a fact for each row."""

MOST_BYTES = 8 * 1024 * 1024
"""Of facts that are read in one go."""


class Unavailable(Exception):
    """The database does not answer, or a command lost too many races.

    Sending it again under `command_id` is safe: whatever became of it is done once.
    """

    def __init__(self, reason: str, command_id: CommandId) -> None:
        super().__init__(f"{reason}; repeat the command with this commandId")
        self.command_id = command_id


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command.

    `position` is where the log stood when it was done: at its last event, or, when it changed
    nothing, where that was found out. `facts` are the events it recorded, `repeated` whether an
    earlier sending of the same command had recorded them; then `origin` is that of the first.
    """

    command_id: CommandId
    position: int
    facts: tuple[Event, ...] = ()
    repeated: bool = False
    origin: UploadNote | None = None


class Dispatcher:
    """Runs commands against the log. Safe to share between threads."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        request_key: bytes,
        connection_errors: tuple[type[Exception], ...] = (),
        snapshots: Snapshots | None = None,
    ) -> None:
        """`connection_errors` are raised by what commands ask beside the log, when the database
        does not answer: the read model, the vault. Commands on what has a long story begin at a
        snapshot; without snapshots they fold it all.
        """
        self._log = log
        self._reader = BoundaryReader(log, snapshots)
        self._clock = clock
        self._request_key = request_key
        self._connection_errors: tuple[type[Exception], ...] = (
            OperationalError,
            InterfaceError,
            *connection_errors,
        )

    def dispatch(
        self, command: Command, request: Request, *, waits: bool = True, at_least: int = 0
    ) -> Outcome:
        """Decides and records. Refused when the answer is no, Unavailable when there is none,
        ReadModelLate when the read model has to be waited for: then to be dispatched again, with
        the same `command_id`, and `at_least` there. Who does not wait (any more) has the command
        bring itself forward by however many facts, if it can do without the read model.
        """
        _admit(command, request)
        request_hash = self._hash(command, request)
        attempt = self._attempt(command, request, request_hash, waits=waits, at_least=at_least)
        try:
            return attempt.run()
        except self._connection_errors as lost:
            raise Unavailable("The database does not answer", attempt.command_id) from lost

    def rehearse(
        self, command: Command, request: Request, *, waits: bool = True, at_least: int = 0
    ) -> None:
        """Lets the command find out what it would do, and records nothing.

        Refused, Unavailable or ReadModelLate, as `dispatch`; the command itself can then be asked.
        """
        _admit(command, request)
        attempt = self._attempt(command, request, "", waits=waits, at_least=at_least)
        try:
            attempt.rehearse()
        except self._connection_errors as lost:
            raise Unavailable("The database does not answer", attempt.command_id) from lost

    def _attempt(
        self, command: Command, request: Request, request_hash: str, *, waits: bool, at_least: int
    ) -> _Attempt:
        given = (self._log, self._reader, self._clock, command, request, request_hash)
        return _Attempt(*given, waits=waits, at_least=at_least)

    def _hash(self, command: Command, request: Request) -> str:
        content = {
            "mutation": command.NAME,
            "actor": request.principal.id,
            "input": command.content(),
            "reason": request.reason,
        }
        canonical = msgspec.json.encode(content, order="sorted")
        return hmac.new(self._request_key, canonical, hashlib.sha256).hexdigest()


def _admit(command: Command, request: Request) -> None:
    """Refused when who asks may not, or does not give a reason that is required."""
    require(request.principal, command.PERMISSION)
    if command.REASON_REQUIRED and request.reason is None:
        raise Refused(reason_required())


class _Attempt:
    """One command on its way. Not shared between threads."""

    def __init__(
        self,
        log: EventLog,
        reader: BoundaryReader,
        clock: Clock,
        command: Command,
        request: Request,
        request_hash: str,
        *,
        waits: bool,
        at_least: int,
    ) -> None:
        self._log = log
        self._reader = reader
        self._clock = clock
        self._command = command
        self._request = request
        self._request_hash = request_hash
        self._waits = waits
        # Facts after this are looked at one by one. Did it move with the log, the read model would
        # be waited for again and again, as long as others record anything.
        self._at_least = at_least
        self.command_id = request.command_id or new_command_id()
        self._own = Selector(tags=[command_tag(self.command_id)])
        self._read_to = 0
        self._looked_to = 0  # up to here this command itself is not in the log

    def run(self) -> Outcome:
        """Attempts until it is decided; from the second time on in line with its rivals."""
        if self._command.is_sure_to_be_first():
            outcome = self._try_append()
            if outcome is not None:
                return outcome
        for attempt in range(MOST_ATTEMPTS):
            with self._line(attempt):
                outcome = self._advance() or self._try_append()
            if outcome is not None:
                return outcome
        raise Unavailable("Too many others change the same thing at once", self.command_id)

    def rehearse(self) -> None:
        """Learns what the command needs to know, and leaves it at that."""
        self._advance()

    def _line(self, attempt: int) -> AbstractContextManager[None]:
        if attempt == 0:
            return nullcontext()
        return self._log.serialised(self._command.line())

    def _advance(self) -> Outcome | None:
        """Learns what the command needs to know; the first result when it is there already.

        What the read model knows is brought forward to the log's head. If that cannot be, all is
        learnt anew: what came since may be another sending of this very command.
        """
        for _ in range(MOST_ATTEMPTS):
            learned = self._reader.bring_forward(self._command, self.command_id)
            self._read_to = learned.head
            if learned.own:
                return self._first_result(learned.own)
            self._looked_to = learned.head
            self._at_least = self._at_least or learned.head
            position = self._command.prime(self._at_least)
            if position is None or self._advance_from(position):
                return None
        raise Unavailable("The read model is behind what others change", self.command_id)

    def _advance_from(self, position: int) -> bool:
        """ReadModelLate when more than a few of the facts were there before it was primed."""
        late = 0
        for fact in self._facts_after(position):
            late += fact.position <= self._read_to
            if self._waits and late > MOST_TO_CATCH_UP:
                raise ReadModelLate(self._read_to)
            if not self._command.catch_up(fact):
                self._at_least = fact.position
                return False
        return True

    def _facts_after(self, position: int) -> Iterator[Recorded]:
        boundary = self._command.recent_boundary()
        batch = Batch([], is_full=True)
        while batch.is_full:
            if boundary is None:
                batch = self._log.follow(position, MOST_TO_CATCH_UP + 1, MOST_BYTES)
            else:
                batch = self._log.next_of(boundary, position, MOST_TO_CATCH_UP + 1)
            yield from batch
            position = batch.facts[-1].position if batch.facts else position

    def _decide(self) -> Sequence[Proposed]:
        try:
            return self._command.decide()
        except Refused as refused:
            refused.position = self._read_to
            raise

    def _try_append(self) -> Outcome | None:
        """The outcome of deciding on what was read; None when somebody else was faster."""
        try:
            proposed = self._decide()
        except Refused:
            done = self._done_meanwhile()
            if done is None:
                raise
            return done
        if not proposed:
            return self._done_meanwhile() or Outcome(self.command_id, self._read_to)
        try:
            position = self._append(proposed)
        except IntegrityError:
            self._at_least = 0  # what came between has to be known
            return None
        except (OperationalError, InterfaceError) as lost:
            return self._after_lost_reply(lost)
        return Outcome(self.command_id, position, tuple(each.event for each in proposed))

    def _append(self, proposed: Sequence[Proposed]) -> int:
        """IntegrityError when something that the command minds came between."""
        concerns = self._command.concerns()
        unless = [*concerns.selectors(), self._own]
        counts = None if concerns.are_plain else partial(self._matters, concerns)
        return self._log.append(proposed, self._envelope(), unless, self._read_to, counts)

    def _matters(self, concerns: Concerns, fact: Recorded) -> bool:
        return fact.envelope.command_id == self.command_id or concerns.include(fact)

    def _done_meanwhile(self) -> Outcome | None:
        """The first result, when another sending of this command came between.

        What primed the command may know of it already: then there is nothing left to do, or nothing
        that may be done, and no append whose condition would tell.
        """
        reading = self._log.read([self._own], after=self._looked_to)
        if not reading.facts:
            return None
        self._read_to = reading.head
        return self._first_result(reading.facts)

    def _after_lost_reply(self, lost: Exception) -> Outcome:
        """The reply to COMMIT may be lost though the events are stored: the commandId tells."""
        reading = self._log.read([self._own])
        if not reading.facts:
            raise Unavailable("The log did not confirm the command", self.command_id) from lost
        self._read_to = reading.head
        return self._first_result(reading.facts)

    def _first_result(self, own: Sequence[Recorded]) -> Outcome:
        if own[0].envelope.request_hash != self._request_hash:
            message = "This commandId was used before with different content."
            refusal = CommandRefused(
                code=RefusalCode.COMMAND_REUSED, message=message, path=("commandId",)
            )
            raise Refused(refusal, position=self._read_to)
        facts = tuple(fact.event for fact in own)
        origin = own[0].envelope.upload
        return Outcome(self.command_id, own[-1].position, facts, repeated=True, origin=origin)

    def _envelope(self) -> Envelope:
        request = self._request
        return Envelope(
            actor=stamp(request.principal),
            on_behalf_of=request.principal.on_behalf_of,
            channel=request.channel,
            reason=request.reason,
            command_id=self.command_id,
            correlation_id=request.correlation_id,
            causation_id=request.causation_id,
            recorded_at=format_instant(self._clock()),
            schema_version=1,
            request_hash=self._request_hash,
        )
