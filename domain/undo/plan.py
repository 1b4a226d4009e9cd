"""What an undo comes to: events that are the opposite of others, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.append_condition import AppendCondition, FilteredSelector
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.text_set import TextSet
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.tags import ROSTERS
from domain.people.active_site_admins import ActiveSiteAdmins
from domain.people.events import UserErased, UserRemoved
from domain.people.tags import PEOPLE

MAX_CONFLICTS = 1_000
"""That are told: the first in the order of the log."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event, mostly a later one, for which something cannot be taken back, and why not."""

    recorded: RecordedEvent
    reason: str


class UndoPlan:
    """Made event by event, from the last one to the first."""

    def __init__(self) -> None:
        self.position = 0
        """Of the read model that it was made on."""
        self.proposed: list[Proposed] = []
        """What is to be recorded, in this order."""
        self.watched_tags: set[str] = set()
        """The tags of what it relied on."""
        self.watched_rosters: set[str] = set()
        """The tags of rosters; of those it relied on who of the `named` is in."""
        self.moved_users = TextSet()
        """The users whom the command put into segments, or took out."""
        self.admins = ActiveSiteAdmins()
        """As the plan leaves them, once it is about people."""
        self.users_added: set[str] = set()
        """The ids of users who are put into a segment: they must be there."""
        self.users_removed: set[str] = set()
        """The ids of users who are to go: nobody may put them into a segment meanwhile."""
        self.users_restored: set[str] = set()
        """The ids of users who are to come back."""
        self.users_kept: set[str] = set()
        """The ids of users whom the command put into a segment in which they have to stay."""
        self._conflicts: dict[tuple[int, str], Conflict] = {}

    def propose(self, proposed: Proposed) -> None:
        """One event more."""
        self.proposed.append(proposed)
        if isinstance(proposed.event, MembersAdded):
            self.users_added.update(proposed.event.user_ids)

    def condition(self) -> AppendCondition:
        """What it relied on; that somebody who goes is put into a segment, and that somebody goes
        who is put into one.
        """
        self.moved_users.sort()
        return AppendCondition(
            (Selector(tags=[tag]) for tag in self.watched_tags),
            FilteredSelector(self.watched_rosters, self._moves_the_same_users),
            FilteredSelector({ROSTERS} if self.users_removed else set(), self._adds_removed_users),
            FilteredSelector({PEOPLE}, self._is_about_added_users, (UserErased, UserRemoved)),
            self.admins.departures(),
        )

    def _moves_the_same_users(self, event: Event) -> bool:
        users = getattr(event, "user_ids", ())
        return not self.moved_users.isdisjoint(users)

    def _adds_removed_users(self, event: Event) -> bool:
        return isinstance(event, MembersAdded) and not self.users_removed.isdisjoint(event.user_ids)

    def _is_about_added_users(self, event: Event) -> bool:
        return getattr(event, "user_id", None) in self.users_added

    def watch_memberships_of(self, users: Iterable[str]) -> None:
        """Notes whose memberships it looked at."""
        self.moved_users.update(users)

    def add_conflict(self, events: Iterable[RecordedEvent], reason: str) -> bool:
        """Notes that these events stand in the way; whether there are any."""
        any_of_them = False
        for recorded in events:
            self._conflicts.setdefault((recorded.position, reason), Conflict(recorded, reason))
            any_of_them = True
        if len(self._conflicts) > 2 * MAX_CONFLICTS:
            self._conflicts = dict(self._first_conflicts())
        return any_of_them

    def add_claim_conflict(
        self, tag: str, claim: RecordedEvent | None, owner_tag: str, reason: str
    ) -> bool:
        """Relies on who has a unique value, of which `claim` is the event that took it; notes it
        when that is another than the one with `owner_tag`, and answers whether it is.
        """
        self.watched_tags.add(tag)
        is_anothers = claim is not None and owner_tag not in claim.tags
        return self.add_conflict([claim] if claim and is_anothers else [], reason)

    @property
    def conflicts(self) -> list[Conflict]:
        """The first MAX_CONFLICTS in the order of the log, each once."""
        return [conflict for _, conflict in self._first_conflicts()]

    def _first_conflicts(self) -> list[tuple[tuple[int, str], Conflict]]:
        return sorted(self._conflicts.items())[:MAX_CONFLICTS]

    @property
    def undone(self) -> int:
        """See undone_by."""
        return undone_by(proposed.event for proposed in self.proposed)


def undone_by(events: Iterable[Event]) -> int:
    """How many segments, users and memberships the events of an undo put back."""
    return sum(
        len(event.user_ids) if isinstance(event, MembersAdded | MembersRemoved) else 1
        for event in events
    )
