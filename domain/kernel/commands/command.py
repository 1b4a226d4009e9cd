"""The base of every command: what is asked, by which rule it is decided, what must still hold then.

Command
├── BoundaryCommand   decides on the events of a consistency boundary (boundary_command.py)
│   └── with PrimedCommand   and on what the read model knows of others
└── PlannedCommand    is decided as a whole on the read model (planned_command.py)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.proposed import Proposed
from domain.kernel.permission import Permission


class Command(ABC):
    """One change that is requested. It is pure: no clock, no database, no random numbers; what it
    needs of these it is given.
    """

    NAME: ClassVar[str]
    """The mutation's name; with `content` it tells a repeated commandId from a reused one."""
    PERMISSION: ClassVar[Permission]
    """The permission that the principal must have."""
    REASON_REQUIRED: ClassVar[bool] = False
    """Whether the request must state a reason."""

    @abstractmethod
    def content(self) -> dict[str, Any]:
        """Returns the normalised input, as JSON values."""

    @abstractmethod
    def decide(self) -> Sequence[Proposed]:
        """Returns the events to record; none when there is nothing to change. CommandRejected when
        the answer is no.

        They are not applied to the command: after a lost race it is brought forward to what the log
        has, and asked again.
        """

    @abstractmethod
    def append_condition(self) -> AppendCondition:
        """Returns the events that must not have been recorded since the command was brought
        forward.
        """

    @abstractmethod
    def contention_key(self) -> str:
        """Returns what commands race for: those that lost a race for the same key take turns."""

    def skip_initial_read(self) -> bool:
        """Whether to try to append before anything is read: the boundary is most likely empty."""
        return False
