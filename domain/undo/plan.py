"""What an undo comes to: facts that are the opposite of others, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eventsourcing.dcb.domain import Selector

from domain.kernel.append_condition import AppendCondition, FilteredSelector
from domain.kernel.event import Event
from domain.kernel.proposed import Proposed
from domain.kernel.text_set import TextSet
from domain.log import Recorded
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.tags import ROSTERS
from domain.people.admin_register import AdminRegister
from domain.people.events import UserErased, UserRemoved
from domain.people.tags import PEOPLE

MOST_CONFLICTS = 1_000
"""That are told: the first in the order of the log."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact, mostly a later one, for which something cannot be taken back, and why not."""

    fact: Recorded
    reason: str


class UndoPlan:
    """Made fact by fact, from the last one to the first."""

    def __init__(self) -> None:
        self.position = 0
        """Of the read model that it was made on."""
        self.proposed: list[Proposed] = []
        """What is to be recorded, in this order."""
        self.watched: set[str] = set()
        """The tags of what it relied on."""
        self.rosters: set[str] = set()
        """The tags of rosters; of those it relied on who of the `named` is in."""
        self.named = TextSet()
        """The users whom the command put into segments, or took out."""
        self.admins = AdminRegister()
        """As the plan leaves them, once it is about people."""
        self.joining: set[str] = set()
        """The ids of users who are put into a segment: they must be there."""
        self.leaving: set[str] = set()
        """The ids of users who are to go: nobody may put them into a segment meanwhile."""
        self.returning: set[str] = set()
        """The ids of users who are to come back."""
        self.staying: set[str] = set()
        """The ids of users whom the command put into a segment in which they have to stay."""
        self._conflicts: dict[tuple[int, str], Conflict] = {}

    def propose(self, proposed: Proposed) -> None:
        """One event more."""
        self.proposed.append(proposed)
        if isinstance(proposed.event, MembersAdded):
            self.joining.update(proposed.event.user_ids)

    def condition(self) -> AppendCondition:
        """What it relied on; that somebody who goes is put into a segment, and that somebody goes
        who is put into one.
        """
        self.named.settle()
        return AppendCondition(
            (Selector(tags=[tag]) for tag in self.watched),
            FilteredSelector(self.rosters, self._is_about_the_named),
            FilteredSelector({ROSTERS} if self.leaving else set(), self._is_about_those_who_leave),
            FilteredSelector({PEOPLE}, self._is_about_those_who_join, (UserErased, UserRemoved)),
            self.admins.guard_all(),
        )

    def _is_about_the_named(self, event: Event) -> bool:
        users = getattr(event, "user_ids", ())
        return not self.named.isdisjoint(users)

    def _is_about_those_who_leave(self, event: Event) -> bool:
        return isinstance(event, MembersAdded) and not self.leaving.isdisjoint(event.user_ids)

    def _is_about_those_who_join(self, event: Event) -> bool:
        return getattr(event, "user_id", None) in self.joining

    def rely_on_rosters_of(self, users: Iterable[str]) -> None:
        """Notes whose memberships it looked at."""
        self.named.update(users)

    def blame(self, facts: Iterable[Recorded], reason: str) -> bool:
        """Notes that these facts stand in the way; whether there are any."""
        any_of_them = False
        for fact in facts:
            self._conflicts.setdefault((fact.position, reason), Conflict(fact, reason))
            any_of_them = True
        if len(self._conflicts) > 2 * MOST_CONFLICTS:
            self._conflicts = dict(self._first_conflicts())
        return any_of_them

    @property
    def conflicts(self) -> list[Conflict]:
        """The first MOST_CONFLICTS in the order of the log, each once."""
        return [conflict for _, conflict in self._first_conflicts()]

    def _first_conflicts(self) -> list[tuple[tuple[int, str], Conflict]]:
        return sorted(self._conflicts.items())[:MOST_CONFLICTS]

    @property
    def undone(self) -> int:
        """See undone_by."""
        return undone_by(proposed.event for proposed in self.proposed)


def undone_by(facts: Iterable[Event]) -> int:
    """How many segments, users and memberships the facts of an undo put back."""
    return sum(
        len(fact.user_ids) if isinstance(fact, MembersAdded | MembersRemoved) else 1
        for fact in facts
    )
