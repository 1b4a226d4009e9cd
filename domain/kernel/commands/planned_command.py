"""Commands that are decided as a whole on the read model: a file, or an undo."""

from __future__ import annotations

from abc import abstractmethod
from typing import Generic, TypeVar

from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.command import Command

S_contra = TypeVar("S_contra", contravariant=True)
"""The questions of a snapshot that a command asks."""


class PlannedCommand(Command, Generic[S_contra]):
    """Makes a plan on one snapshot of the read model. An event recorded after that and concerning
    the plan makes it outdated: it is then made anew.
    """

    _condition: AppendCondition

    def plan_on(self, snapshot: S_contra) -> None:
        """Makes the plan anew."""
        self.make_plan(snapshot)
        self._condition = self.plan_condition()

    def append_condition(self) -> AppendCondition:
        return self._condition

    @abstractmethod
    def make_plan(self, snapshot: S_contra) -> None:
        """Makes the plan anew, on this snapshot."""

    @abstractmethod
    def plan_condition(self) -> AppendCondition:
        """Returns the events that make the plan outdated, once it is made."""
