"""Commands that decide on the events of a consistency boundary (https://dcb.events)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.command import Command
from domain.kernel.event import Event

S_contra = TypeVar("S_contra", contravariant=True)
"""The questions of a snapshot that a command asks."""


class BoundaryCommand(Command, Generic[S_contra]):
    """Applies the events of its boundary, one after the other, and decides on the resulting state.

    A boundary of few events is read from the first. With more the command is restored from a
    snapshot of the read model, and only the events after that are applied (ADR 37).
    """

    @abstractmethod
    def consistency_boundary(self) -> Sequence[Selector]:
        """Returns the events that the decision depends on. May grow while they are applied: it is
        then read again.
        """

    @abstractmethod
    def apply(self, event: Event) -> None:
        """Takes one event of the boundary into account."""

    @abstractmethod
    def reset(self) -> None:
        """Forgets what was applied: the boundary is about to be read from its beginning."""

    @abstractmethod
    def restore(self, snapshot: S_contra) -> None:
        """Takes over the state of the boundary at the snapshot's position, instead of the events
        that were applied. Ids that the command has found so far are looked up, too: the events
        after that position may not tell them again.

        Events are applied on top while the snapshot is open: it may be asked then, too.
        """

    def append_condition(self) -> AppendCondition:
        return AppendCondition(self.consistency_boundary())

    def contention_key(self) -> str:
        boundary = self.consistency_boundary()
        return " ".join(sorted({tag for selector in boundary for tag in selector.tags}))


class PrimedCommand(ABC, Generic[S_contra]):
    """Also decides on state that has no boundary of its own, since too many events would be in it:
    the members of a segment, say. The read model has it at some position, and the events after that
    bring it forward to the log's head (ADR 19).
    """

    @abstractmethod
    def needs_snapshot(self) -> bool:
        """Whether there is anything to ask, now that the boundary is known."""

    @abstractmethod
    def load_snapshot(self, snapshot: S_contra) -> None:
        """Loads state from the read model. The snapshot may be asked until all recent events are
        applied.
        """

    @abstractmethod
    def recent_query(self) -> Sequence[Selector] | None:
        """Returns selectors of the events after the snapshot that matter. None: all of them are
        read.
        """

    @abstractmethod
    def apply_recent(self, event: Event) -> None:
        """Takes one event after the snapshot into account, if it matters."""
