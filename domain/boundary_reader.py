"""Brings a command to where the log stands, by the facts of its boundary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventsourcing.dcb.domain import Selector

from domain.kernel.command import Command
from domain.kernel.envelope import command_tag
from domain.log import EventLog, Recorded

AT_ONCE = 5_000
"""Facts that are read in one go."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Where the log stood when the command was brought there; or `own`, its facts, when it is in
    the log already.
    """

    head: int
    own: tuple[Recorded, ...] = ()


class BoundaryReader:
    """Safe to share between threads."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def bring_forward(self, command: Command, command_id: str) -> Learned:
        """Folds the boundary.

        A boundary that grew while folding (the code's holder is known now, so its facts matter)
        is read again from the start and as a whole: facts that are folded out of their order could
        say of a code that it is free, when somebody took it later.
        """
        while True:
            boundary = list(command.consistency_boundary())
            learned = self._fold(command, boundary, command_id)
            if learned.own or all(s in boundary for s in command.consistency_boundary()):
                return learned

    def _fold(self, command: Command, boundary: Sequence[Selector], command_id: str) -> Learned:
        command.reset()
        after = 0
        while True:
            page = self._log.page(boundary, command_tag(command_id), after, AT_ONCE)
            own = tuple(f for f in page.facts if f.envelope.command_id == command_id)
            if own:
                return Learned(page.head, own)
            for fact in page.facts:
                command.fold(fact.event)
            if len(page.facts) < AT_ONCE:
                return Learned(page.head)
            after = page.facts[-1].position
