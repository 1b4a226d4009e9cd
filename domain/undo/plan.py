"""The plan of an undo: the opposites of events, and the conflicts."""

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
"""Conflicts that are reported: the first in the order of the log."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An event, mostly a later one, because of which something cannot be undone, and the reason."""

    recorded: RecordedEvent
    reason: str


class UndoPlan:
    """A plan, made event by event, from the last one to the first."""

    def __init__(self) -> None:
        self.position = 0
        """The position of the read model that it was made on."""
        self.proposed: list[Proposed] = []
        """The events to be recorded, in this order."""
        self.watched_tags: set[str] = set()
        """The tags of the events that it relied on."""
        self.watched_rosters: set[str] = set()
        """The tags of rosters that it relied on, as far as they concern the `moved_users`."""
        self.moved_users = TextSet()
        """The users whom the command added to segments, or removed."""
        self.admins = ActiveSiteAdmins()
        """The active site admins after the plan, once it is about people."""
        self.users_added: set[str] = set()
        """The ids of users who are added to a segment: they must exist."""
        self.users_removed: set[str] = set()
        """The ids of users who are to be removed from the site: nobody may add them to a segment
        meanwhile.
        """
        self.users_restored: set[str] = set()
        """The ids of users who are to be restored."""
        self.users_kept: set[str] = set()
        """The ids of users whom the command added to a segment in which they have to stay."""
        self._conflicts: dict[tuple[int, str], Conflict] = {}

    def propose(self, proposed: Proposed) -> None:
        """Adds one event."""
        self.proposed.append(proposed)
        if isinstance(proposed.event, MembersAdded):
            self.users_added.update(proposed.event.user_ids)

    def condition(self) -> AppendCondition:
        """Returns the condition: the events that it relied on; that a user who is to be removed is
        added to a segment, and that a user who is to be added to one is removed.
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
        """Adds users whose memberships it relied on."""
        self.moved_users.update(users)

    def add_conflict(self, events: Iterable[RecordedEvent], reason: str) -> bool:
        """Adds a conflict for each of the events; returns whether there are any."""
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
        """Relies on the owner of a unique value, which the event `claim` took; adds a conflict when
        it is another than the one with `owner_tag`, and returns whether it is.
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
    """Returns the number of segments, users and memberships that the events of an undo put back."""
    return sum(
        len(event.user_ids) if isinstance(event, MembersAdded | MembersRemoved) else 1
        for event in events
    )
