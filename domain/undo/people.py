"""Taking back what was done to people in the directory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.kernel.proposed import Proposed
from domain.log import Recorded
from domain.people.changed_fields import ROLES, STATUS
from domain.people.events import (
    PEOPLE_EVENTS,
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.facts import roles_assigned, user_reinstated, user_removed
from domain.people.identifier_register import tag_of
from domain.people.lookup import UserKey
from domain.people.state import User, evolve, user_of
from domain.people.tags import user_tag
from domain.people.values import UserStatus
from domain.undo.affected_users import KnownPeople, held
from domain.undo.plan import UndoPlan
from domain.undo.snapshot import UndoSnapshot
from domain.undo.user_edits import UserEdits

LAST_ADMIN = "The site needs one active site admin."
OFF_THE_SITE = "They are off the site by now."
DID_NOT_FIT = "It did not fit what came before it: it changed nothing."


class PeopleUndo:
    """For some of a command's facts at a time. Every fact is taken back by itself."""

    def __init__(
        self, plan: UndoPlan, site: UndoSnapshot, people: KnownPeople, edits: UserEdits
    ) -> None:
        self._plan = plan
        self._site = site
        self._people = people
        self._edits = edits
        self._knows_admins = False

    def load(self, facts: Sequence[Recorded]) -> None:
        """Learns what became of the people whom the facts are about."""
        about = [fact for fact in facts if isinstance(fact.event, PEOPLE_EVENTS)]
        if about:
            self._plan.watched.update(user_tag(user_of(fact.event)) for fact in about)
            self._people.load(about)
            self._edits.load(self._people.edited(about))
            self._watch_admins()

    def take_back(self, fact: Recorded) -> None:
        """Plans the opposite of one fact, or says what stands in its way."""
        event = fact.event
        ways: dict[type[Event], Callable[[Recorded, Any, User], None]] = {
            UserCreated: self._remove,
            UserReinstated: self._remove,
            UserRemoved: self._reinstate,
            UserEdited: self._edit_back,
            RolesAssigned: self._assign_back,
            UserErased: self._refuse,
        }
        user = self._people.find(user_of(event))
        if user is None:
            self._plan.blame([fact], DID_NOT_FIT)
        else:
            ways[type(event)](fact, event, user)

    def _remove(self, fact: Recorded, _: Event, user: User) -> None:
        later = [*self._people.later.changes(fact), *self._people.later.turns(user.id)]
        if self._plan.blame(later, "It came after the user, and would be lost with them."):
            return
        if user.id in self._plan.staying:
            self._plan.blame([fact], "They stay in a segment that the command put them into.")
        elif self._is_last_admin(user):
            self._plan.blame([fact], LAST_ADMIN)
        else:
            self._plan.leaving.add(user.id)
            self._propose(user, user_removed(user.id, user.version + 1, user.hashed, _roles(user)))

    def _reinstate(self, fact: Recorded, _: Event, user: User) -> None:
        later = self._people.later.changes(fact)
        if self._plan.blame(later, "Something else became of them since."):
            return
        taken = [found for by, hashed in held(user.hashed) if (found := self._taker(by, hashed))]
        if not self._plan.blame(taken, "It took what they are called by: somebody else has it."):
            self._plan.returning.add(user.id)
            back = user_reinstated(user.id, user.version + 1, user.hashed, _roles(user))
            self._propose(user, Proposed(back))

    def _edit_back(self, fact: Recorded, event: UserEdited, user: User) -> None:
        if not user.is_on_the_site:
            self._plan.blame(self._people.last_of(user), OFF_THE_SITE)
            return
        status = self._status_back(fact, event, user)
        done = self._edits.opposite(fact, user, status, self._taker_of_another)
        if done is not None:
            self._propose(user, Proposed(done))

    def _status_back(
        self, fact: Recorded, event: UserEdited, user: User
    ) -> Change[UserStatus] | None:
        change = event.status
        if change is None:
            return None
        later = self._people.later.changes(fact, STATUS)
        if self._plan.blame(later, "It suspended or reactivated them again."):
            return None
        if change.before is UserStatus.SUSPENDED and self._is_last_admin(user):
            self._plan.blame([fact], LAST_ADMIN)
            return None
        return Change(before=change.after, after=change.before)

    def _assign_back(self, fact: Recorded, event: RolesAssigned, user: User) -> None:
        if not user.is_on_the_site:
            self._plan.blame(self._people.last_of(user), OFF_THE_SITE)
            return
        again = self._people.later.changes(fact, ROLES)
        if self._plan.blame(again, "It changed their roles again."):
            return
        before = event.roles.before
        if Role.SITE_ADMIN not in before and self._is_last_admin(user):
            self._plan.blame([fact], LAST_ADMIN)
            return
        back = roles_assigned(user.id, user.version + 1, _roles(user), before)
        self._propose(user, Proposed(back))

    def _refuse(self, fact: Recorded, _: Event, __: User) -> None:
        self._plan.blame([fact], "An erasure cannot be undone.")

    def _taker_of_another(self, user: User, by: UserKey, hashed: str) -> bool:
        """Whether somebody else holds a value by now; the fact that says so is noted."""
        taken = self._taker(by, hashed, but=user.id)
        return self._plan.blame(
            [taken] if taken else [], f"It took the {by.value} that they had: it is another's."
        )

    def _taker(self, by: UserKey, hashed: str, but: str = "") -> Recorded | None:
        self._plan.watched.add(tag_of(by, hashed))
        return self._people.takers.of(by, hashed, but)

    def _watch_admins(self) -> None:
        if not self._knows_admins:
            self._knows_admins = True
            self._plan.admins.restore(self._site)

    def _is_last_admin(self, user: User) -> bool:
        return self._plan.admins.is_last(user.id)

    def _propose(self, user: User, proposed: Proposed) -> None:
        self._plan.propose(proposed)
        self._plan.admins.apply(proposed.event)
        after = evolve(user, proposed.event)
        if after is not None:
            self._people.take_over(after)


def _roles(user: User) -> tuple[Role, ...]:
    return tuple(sorted(user.roles))
