"""A command that is decided as a whole on the read model, not on facts that are folded."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from eventsourcing.dcb.domain import Selector

from domain.kernel.append_condition import Concerns
from domain.kernel.command import Command
from domain.kernel.event import Event, RecordedFact


class PlannedCommand(Command):
    """A file, or an undo. The plan is made at a position of the read model; whatever comes after
    that and is minded makes it past: it is then made anew.
    """

    def reset(self) -> None:
        """Nothing is folded: the plan is made as a whole."""

    def fold(self, event: Event) -> None:
        """See reset."""

    def consistency_boundary(self) -> Sequence[Selector]:
        return ()

    def prime(self, at_least: int) -> int:
        position = self.make_plan(at_least)
        self._concerns = self.minds()
        return position

    def recent_boundary(self) -> None:
        """Everything: a plan may mind more than the log looks up sooner than it is read."""

    def catch_up(self, fact: RecordedFact) -> bool:
        return not self._concerns.include(fact)

    def concerns(self) -> Concerns:
        return self._concerns

    @abstractmethod
    def make_plan(self, at_least: int) -> int:
        """Makes the plan anew, on the read model there or later; the position it is of."""

    @abstractmethod
    def minds(self) -> Concerns:
        """The facts that make the plan past, once it is made."""
