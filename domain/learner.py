"""Brings a command to the log's head, by the kind of command.

boundary ─► the events of it, all or since a snapshot      (boundary_reader.py)
primed   ─► then a snapshot, and the events after it
planned  ─► a plan on a snapshot, made anew when events after it concern it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventsourcing.dcb.domain import Selector

from domain.boundary_reader import BoundaryReader, Learned
from domain.command_result import Unavailable
from domain.kernel.commands.boundary_command import BoundaryCommand, PrimedCommand
from domain.kernel.commands.command import Command
from domain.kernel.commands.planned_command import PlannedCommand
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.values import CommandId
from domain.log import EventBatch, EventLog, RecordedEvent
from domain.snapshot import Snapshot, Snapshots

MAX_ATTEMPTS = 20
"""Times in a row that a command is brought forward, or decided, before it is given up."""

MAX_EVENTS_TO_CATCH_UP = 500
"""Events that a command brings itself forward by; if the read model has more before it than that,
the command waits for it: a large file is an event for each row.
"""

MAX_BYTES = 8 * 1024 * 1024
"""Bytes of events that are read at once."""


class Learner:
    """Brings one command forward. Not shared between threads."""

    def __init__(
        self,
        log: EventLog,
        reader: BoundaryReader,
        snapshots: Snapshots,
        command: Command,
        command_id: CommandId,
        *,
        waits: bool,
        at_least: int,
    ) -> None:
        self._log = log
        self._reader = reader
        self._snapshots = snapshots
        self._command = command
        self._command_id = command_id
        self._waits = waits
        # Snapshots are at least there. Did it move with the log, the read model would be waited
        # for again and again, as long as others record anything.
        self._at_least = at_least

    def learn(self) -> Learned:
        """Brings the command to the log's head, unless its own events are there already.

        A plan that events have outdated is made anew, and all else is read again: what came since
        may be another sending of this very command. ReadModelBehind when the read model has to be
        waited for, Unavailable when others are always faster.
        """
        for _ in range(MAX_ATTEMPTS):
            learned = self._read_boundary()
            if learned.own:
                return learned
            self._at_least = self._at_least or learned.head
            if self._is_brought_to(learned.head):
                return learned
        raise Unavailable("The read model is behind what others change", self._command_id)

    def forget(self) -> None:
        """Lets the next snapshot be as new as the log's next head: after a lost race the events
        between must be known.
        """
        self._at_least = 0

    def _read_boundary(self) -> Learned:
        if isinstance(self._command, BoundaryCommand):
            return self._reader.bring_forward(self._command, self._command_id)
        return self._reader.find(self._command_id)

    def _is_brought_to(self, head: int) -> bool:
        """Whether the command has all events up to `head`; False when its plan is outdated."""
        command = self._command
        if isinstance(command, PlannedCommand):
            return self._is_planned(command, head)
        if isinstance(command, PrimedCommand) and command.needs_snapshot():
            self._prime(command, head)
        return True

    def _prime(self, command: PrimedCommand[Snapshot], head: int) -> None:
        with self._snapshots.open() as snapshot:
            command.load_snapshot(snapshot)
            for recorded in self._recent(snapshot.position, head, command.recent_query()):
                command.apply_recent(recorded.event)

    def _is_planned(self, command: PlannedCommand[Snapshot], head: int) -> bool:
        with self._snapshots.open(self._at_least) as snapshot:
            command.plan_on(snapshot)
            position = snapshot.position
        condition = command.append_condition()
        for recorded in self._recent(position, head):
            if condition.matches(recorded):
                self._at_least = recorded.position
                return False
        return True

    def _recent(
        self, position: int, head: int, query: Sequence[Selector] | None = None
    ) -> Iterator[RecordedEvent]:
        """Yields the events after a position. ReadModelBehind when more than a few of them were
        there before the command was brought to `head`.
        """
        late = 0
        for recorded in self._after(position, query):
            late += recorded.position <= head
            if self._waits and late > MAX_EVENTS_TO_CATCH_UP:
                raise ReadModelBehind(head, position)
            yield recorded

    def _after(self, position: int, query: Sequence[Selector] | None) -> Iterator[RecordedEvent]:
        batch = EventBatch([], is_full=True)
        while batch.is_full:
            if query is None:
                batch = self._log.follow(position, MAX_EVENTS_TO_CATCH_UP + 1, MAX_BYTES)
            else:
                batch = self._log.next_of(query, position, MAX_EVENTS_TO_CATCH_UP + 1)
            yield from batch
            position = batch.events[-1].position if batch.events else position
