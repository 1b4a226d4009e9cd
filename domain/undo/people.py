"""Taking back what was done to people in the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.log import Recorded
from domain.people.events import (
    PEOPLE_EVENTS,
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.facts import Fact, assignment, reinstatement, removal
from domain.people.hashes import Hashed
from domain.people.identifier_register import IdentifierRegister
from domain.people.lookup import UserKey
from domain.people.state import User, evolve, user_of
from domain.people.tags import SITE_ADMINS, user_tag
from domain.people.values import UserStatus
from domain.undo.aftermath import Aftermath
from domain.undo.plan import UndoPlan
from domain.undo.stories import Stories
from domain.undo.user_edits import UserEdits

LAST_ADMIN = "The site needs one active site admin."
OFF_THE_SITE = "They are off the site by now."


class PeopleUndo:
    """For some of a command's facts at a time. Every fact is taken back by itself."""

    def __init__(self, plan: UndoPlan, site: Aftermath, command_id: str, edits: UserEdits) -> None:
        self._plan = plan
        self._site = site
        self._command_id = command_id
        self._edits = edits
        self._knows_admins = False
        self._stories = Stories(command_id)
        self._states: dict[str, User] = {}
        self._turns: Mapping[str, Sequence[int]] = {}

    def load(self, facts: Sequence[Recorded]) -> None:
        """Learns what became of the people whom the facts are about."""
        about = [fact for fact in facts if isinstance(fact.event, PEOPLE_EVENTS)]
        ids = {user_of(fact.event) for fact in about}
        self._stories = Stories(self._command_id)
        self._stories.tell(self._site.facts([user_tag(user) for user in ids]))
        self._plan.watched.update(user_tag(user) for user in ids)
        for user in ids - self._states.keys():  # of the others some is planned already
            self._states[user] = _state(self._stories.all(user_tag(user)))
        if not about:
            return
        created = [user_of(f.event) for f in about if isinstance(f.event, _CREATIONS)]
        self._turns = self._site.turns(created, about[0].position) if created else {}
        self._watch_admins()
        edited = [(f, self._states[user_of(f.event)]) for f in about if self._can_be_edited(f)]
        self._edits.load(edited, self._stories)

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
        ways[type(event)](fact, event, self._states[user_of(event)])

    def _remove(self, fact: Recorded, _: Event, user: User) -> None:
        later = [*self._since(user, fact), *self._memberships_since(user)]
        if self._plan.blame(later, "It came after the user, and would be lost with them."):
            return
        if user.id in self._plan.staying:
            self._plan.blame([fact], "They stay in a segment that the command put them into.")
        elif self._is_last_admin(user):
            self._plan.blame([fact], LAST_ADMIN)
        else:
            self._plan.leaving.add(user.id)
            self._record(user, removal(user.id, user.version + 1, user.hashed, _roles(user)))

    def _reinstate(self, fact: Recorded, _: Event, user: User) -> None:
        if self._plan.blame(self._since(user, fact), "Something else became of them since."):
            return
        taken = [found for by, hashed in _held(user.hashed) if (found := self._taker(by, hashed))]
        if not self._plan.blame(taken, "It took what they are called by: somebody else has it."):
            self._plan.returning.add(user.id)
            self._record(user, reinstatement(user.id, user.version + 1, user.hashed, _roles(user)))

    def _edit_back(self, fact: Recorded, event: UserEdited, user: User) -> None:
        if not user.is_on_the_site:
            self._plan.blame(self._stories.all(user_tag(user.id))[-1:], OFF_THE_SITE)
            return
        status = self._status_back(fact, event, user)
        done = self._edits.opposite(fact, user, status, self._taker_of_another)
        if done is not None:
            self._record(user, done)

    def _status_back(
        self, fact: Recorded, event: UserEdited, user: User
    ) -> Change[UserStatus] | None:
        change = event.status
        if change is None:
            return None
        later = [f for f in self._since(user, fact) if getattr(f.event, "status", None)]
        if self._plan.blame(later, "It suspended or reactivated them again."):
            return None
        if change.before is UserStatus.SUSPENDED and self._is_last_admin(user):
            self._plan.blame([fact], LAST_ADMIN)
            return None
        return Change(before=change.after, after=change.before)

    def _assign_back(self, fact: Recorded, event: RolesAssigned, user: User) -> None:
        if not user.is_on_the_site:
            self._plan.blame(self._stories.all(user_tag(user.id))[-1:], OFF_THE_SITE)
            return
        again = [f for f in self._since(user, fact) if isinstance(f.event, RolesAssigned)]
        if self._plan.blame(again, "It changed their roles again."):
            return
        before = event.roles.before
        if Role.SITE_ADMIN not in before and self._is_last_admin(user):
            self._plan.blame([fact], LAST_ADMIN)
            return
        self._record(user, assignment(user.id, user.version + 1, _roles(user), before))

    def _refuse(self, fact: Recorded, _: Event, __: User) -> None:
        self._plan.blame([fact], "An erasure cannot be undone.")

    def _taker_of_another(self, user: User, by: UserKey, hashed: str) -> bool:
        """Whether somebody else holds a value by now; the fact that says so is noted."""
        taken = self._taker(by, hashed, but=user.id)
        return self._plan.blame(
            [taken] if taken else [], f"It took the {by.value} that they had: it is another's."
        )

    def _taker(self, by: UserKey, hashed: str, but: str = "") -> Recorded | None:
        register = IdentifierRegister(by, hashed)
        self._plan.watched.add(register.tag)
        taken: Recorded | None = None
        for fact in self._site.facts([register.tag]):
            before = register.holder
            register.fold(fact.event)
            taken = fact if register.holder != before else taken
        return taken if register.holder not in (None, but) else None

    def _memberships_since(self, user: User) -> Iterable[Recorded]:
        facts = self._site.at(self._turns.get(user.id, ()))
        return [fact for fact in facts if fact.envelope.command_id != self._command_id]

    def _watch_admins(self) -> None:
        if not self._knows_admins:
            self._knows_admins = True
            for fact in self._site.facts([SITE_ADMINS]):
                self._plan.admins.fold(fact.event)

    def _is_last_admin(self, user: User) -> bool:
        return self._plan.admins.is_last(user.id)

    def _record(self, user: User, fact: Fact) -> None:
        kind, tags, fields = fact
        event = kind(**fields)
        self._plan.record(event, tags)
        self._plan.admins.fold(event)
        after = evolve(user, event)
        if after is not None:
            self._states[user.id] = after

    def _since(self, user: User, fact: Recorded) -> list[Recorded]:
        return self._stories.since(user_tag(user.id), fact.position)

    def _can_be_edited(self, fact: Recorded) -> bool:
        event = fact.event
        return isinstance(event, UserEdited) and self._states[event.user_id].is_on_the_site


_CREATIONS = (UserCreated, UserReinstated)


def _state(story: Sequence[Recorded]) -> User:
    user: User | None = None
    for fact in story:
        user = evolve(user, fact.event)
    if user is None:
        raise LookupError("a user without a story")
    return user


def _roles(user: User) -> tuple[Role, ...]:
    return tuple(sorted(user.roles))


def _held(hashed: Hashed) -> list[tuple[UserKey, str]]:
    held = [(UserKey.USERNAME, hashed.username), (UserKey.EMAIL, hashed.email)]
    return held if hashed.code is None else [*held, (UserKey.CODE, hashed.code)]
