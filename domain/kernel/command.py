"""The base of every command: a slice of the log, a rule over it, and the facts it records."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, ParamSpec

from eventsourcing.dcb.domain import Selector, Slice, Tagged

from domain.kernel.event import Event
from domain.policy import Permission

P = ParamSpec("P")


class Command(Slice[Event]):
    """One thing that somebody wants done.

    A subclass says which facts it depends on (`consistency_boundary`), folds them (`fold`), and
    decides (`execute`): it triggers events, or raises Refused, or triggers nothing when there is
    nothing to change. It is pure: no clock, no database, no chance.
    """

    NAME: ClassVar[str]
    """The mutation's name; with `content` it tells a repeated commandId from a reused one."""
    PERMISSION: ClassVar[Permission]

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

    def is_sure_to_be_first(self) -> bool:
        """Whether it is worth trying without a read: the boundary is most likely still empty."""
        return False

    def trigger_event(
        self,
        decision_cls: Callable[P, Event],
        tags: Sequence[str] = (),
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Records a decision without folding it in.

        It is folded when it comes back from the log, so a lost race leaves the slice as the log
        has it, and the slice can be advanced and executed again.
        """
        self.new_decisions.append(Tagged(tags=list(tags), decision=decision_cls(*args, **kwargs)))
