"""The base of every command: a slice of the log, a rule over it, and the facts it records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from eventsourcing.dcb.domain import Selector

from domain.kernel.append_condition import Concerns
from domain.kernel.event import Event, RecordedFact
from domain.kernel.permission import Permission
from domain.kernel.proposed import Proposed


class Command(ABC):
    """One thing that somebody wants done.

    A subclass says which facts it depends on (`consistency_boundary`), folds them (`fold`), and
    decides (`decide`). It is pure: no clock, no database, no chance.

    A boundary of many facts is not folded from the first: a command that is Restorable
    (domain/snapshot.py) begins at a snapshot.

    What is no boundary at all is primed from the read model instead (DESIGN.md, decision 4):
    `prime` takes it over at a position, and `catch_up` brings it forward by the facts after that.
    What these commands need of the outside they are given, as Protocols of the domain.
    """

    NAME: ClassVar[str]
    """The mutation's name; with `content` it tells a repeated commandId from a reused one."""
    PERMISSION: ClassVar[Permission]
    REASON_REQUIRED: ClassVar[bool] = False

    @abstractmethod
    def consistency_boundary(self) -> Sequence[Selector]:
        """The facts that this depends on. May grow while folding: it is then read again."""

    @abstractmethod
    def fold(self, event: Event) -> None:
        """Takes one fact of the boundary into account."""

    @abstractmethod
    def reset(self) -> None:
        """Forgets what was folded: the boundary is about to be read from its beginning."""

    @abstractmethod
    def content(self) -> dict[str, Any]:
        """The normalised input, as JSON values."""

    @abstractmethod
    def decide(self) -> Sequence[Proposed]:
        """The events to record; none when there is nothing to change. Refused when the answer is
        no.

        They are not folded in: a lost race leaves the command as the log has it, and it can be
        brought forward and asked again.
        """

    def prime(self, at_least: int) -> int | None:
        """Takes what the read model knows, once the boundary is folded; the position it is of.

        `at_least` is where the log stood when the command came, or what made it be primed anew: who
        depends on it raises ReadModelLate before that. None: nothing is to be primed.
        """
        return None

    def recent_boundary(self) -> Sequence[Selector] | None:
        """The facts after the primed position that matter. None: all of them are looked at."""
        return ()

    def catch_up(self, fact: RecordedFact) -> bool:
        """Takes one fact after the primed position into account.

        False when that cannot be done: the command is then primed anew, no earlier than there.
        """
        self.fold(fact.event)
        return True

    def concerns(self) -> Concerns:
        """The facts that must not have been added meanwhile when this is recorded."""
        return Concerns([*self.consistency_boundary(), *(self.recent_boundary() or ())])

    def line(self) -> str:
        """Those who lost a race for the same thing stand in one line, which this names."""
        boundary = self.consistency_boundary()
        return " ".join(sorted({tag for selector in boundary for tag in selector.tags}))

    def is_sure_to_be_first(self) -> bool:
        """Whether it is worth trying without a read: the boundary is most likely still empty."""
        return False
