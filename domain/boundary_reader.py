"""Brings a command to the log's head: by the events of its boundary, all or since a snapshot.

A boundary of few events is folded from the first: one read. One of more begins with the read
model's state at some position, and only the events after that are folded: however long a thing's
history is, a command on it costs the same (ADR 37).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.boundary_command import BoundaryCommand
from domain.kernel.envelope import command_tag
from domain.log import EventLog, ReadResult, RecordedEvent
from domain.snapshot import Snapshot, Snapshots

Boundary = BoundaryCommand[Snapshot]

FEW = 32
"""Events that are folded before the read model is asked."""

BATCH_SIZE = 5_000
"""Events that are read at once where all of them are."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The result of reading a command's boundary: the head of the log at that time, or in `own` the
    command's events, when the log has it already.
    """

    head: int
    own: tuple[RecordedEvent, ...] = ()


class BoundaryReader:
    """Reads consistency boundaries. Safe to share between threads."""

    def __init__(self, log: EventLog, snapshots: Snapshots, few: int = FEW) -> None:
        """`few`: see FEW."""
        self._log = log
        self._snapshots = snapshots
        self._few = few

    def find(self, command_id: str) -> Learned:
        """Looks for the command in the log, and nothing else."""
        page = self._log.page([], command_tag(command_id), 0, 1)
        return Learned(page.head, _own(page, command_id))

    def bring_forward(self, command: Boundary, command_id: str) -> Learned:
        """Folds the boundary.

        A boundary that grew while folding (the code's holder is known now, so its events matter)
        is read again from the start and as a whole: events that are folded out of their order could
        say of a code that it is free, when somebody took it later.
        """
        while True:
            boundary = list(command.consistency_boundary())
            learned = self._fold(command, boundary, command_id)
            if learned.own or all(s in boundary for s in command.consistency_boundary()):
                return learned

    def _fold(self, command: Boundary, boundary: Sequence[Selector], command_id: str) -> Learned:
        first = self._log.page(boundary, command_tag(command_id), 0, self._few + 1)
        if len(first.events) <= self._few or _own(first, command_id):
            command.reset()
            return _folded(command, command_id, first)
        with self._begun(command) as position:
            return self._fold_after(position, command, boundary, command_id)

    @contextmanager
    def _begun(self, command: Boundary) -> Iterator[int]:
        """Yields the position after which the events are to be applied within the block."""
        with self._snapshots.open() as snapshot:
            if snapshot.is_of_this_release:
                command.restore(snapshot)
                yield snapshot.position
            else:
                command.reset()
                yield 0

    def _fold_after(
        self, position: int, command: Boundary, boundary: Sequence[Selector], command_id: str
    ) -> Learned:
        while True:
            page = self._log.page(boundary, command_tag(command_id), position, BATCH_SIZE)
            learned = _folded(command, command_id, page)
            if learned.own or len(page.events) < BATCH_SIZE:
                return learned
            position = page.events[-1].position


def _own(page: ReadResult, command_id: str) -> tuple[RecordedEvent, ...]:
    return tuple(recorded for recorded in page.events if recorded.envelope.command_id == command_id)


def _folded(command: Boundary, command_id: str, page: ReadResult) -> Learned:
    own = _own(page, command_id)
    if not own:
        for recorded in page.events:
            command.apply(recorded.event)
    return Learned(page.head, own)
