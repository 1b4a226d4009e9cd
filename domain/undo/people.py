"""Reverts changes of users in the directory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from domain.kernel.change import Change
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.log import RecordedEvent
from domain.people.changed_fields import ROLES, STATUS
from domain.people.event_factories import roles_assigned, user_reinstated, user_removed
from domain.people.events import (
    PEOPLE_EVENTS,
    RolesAssigned,
    UserEdited,
    UserReinstated,
    UserRemoved,
)
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import tag_of
from domain.people.state import User, evolve, user_of
from domain.people.tags import user_tag
from domain.people.values import UserStatus
from domain.undo.affected_users import AffectedUsers, identifiers_of
from domain.undo.opposites import OPPOSITES, Irreversible
from domain.undo.plan import UndoPlan
from domain.undo.reasons import (
    DID_NOT_FIT,
    IDENTIFIERS_TAKEN,
    KEPT_IN_SEGMENT,
    LAST_ADMIN,
    LOST_WITH_USER,
    ROLES_CHANGED,
    SUSPENSION_CHANGED,
    USER_ABSENT,
    USER_CHANGED,
    identifier_taken,
)
from domain.undo.snapshot import UndoSnapshot
from domain.undo.user_edits import UserEdits


class PeopleUndo:
    """Reverts a batch of a command's events. Every event is reverted by itself."""

    def __init__(
        self, plan: UndoPlan, site: UndoSnapshot, people: AffectedUsers, edits: UserEdits
    ) -> None:
        self._plan = plan
        self._site = site
        self._people = people
        self._edits = edits
        self._knows_admins = False

    def load(self, events: Sequence[RecordedEvent]) -> None:
        """Loads the later events about the users of these events."""
        about = [recorded for recorded in events if isinstance(recorded.event, PEOPLE_EVENTS)]
        if about:
            self._plan.watched_tags.update(user_tag(user_of(recorded.event)) for recorded in about)
            self._people.load(about)
            self._edits.load(self._people.edited(about))
            self._watch_admins()

    def revert(self, recorded: RecordedEvent) -> None:
        """Plans the opposite of one event, or adds a conflict."""
        event = recorded.event
        user = self._people.find(user_of(event))
        opposite = OPPOSITES[type(event)]
        if user is None:
            self._plan.add_conflict([recorded], DID_NOT_FIT)
        elif isinstance(opposite, Irreversible):
            self._plan.add_conflict([recorded], opposite.reason)
        else:
            self.RECORDERS[opposite](self, recorded, event, user)

    def _remove(self, event: RecordedEvent, _: Event, user: User) -> None:
        later = [*self._people.changes.of(event), *self._people.changes.of_memberships(user.id)]
        if self._plan.add_conflict(later, LOST_WITH_USER):
            return
        if user.id in self._plan.users_kept:
            self._plan.add_conflict([event], KEPT_IN_SEGMENT)
        elif self._is_last_admin(user):
            self._plan.add_conflict([event], LAST_ADMIN)
        else:
            self._plan.users_removed.add(user.id)
            self._propose(user, user_removed(user.id, user.version + 1, user.hashed, _roles(user)))

    def _reinstate(self, event: RecordedEvent, _: Event, user: User) -> None:
        later = self._people.changes.of(event)
        if self._plan.add_conflict(later, USER_CHANGED):
            return
        taken = [
            self._is_taken(user, by, hashed, IDENTIFIERS_TAKEN)
            for by, hashed in identifiers_of(user.hashed)
        ]
        if not any(taken):
            self._plan.users_restored.add(user.id)
            back = user_reinstated(user.id, user.version + 1, user.hashed, _roles(user))
            self._propose(user, Proposed(back))

    def _revert_edit(self, recorded: RecordedEvent, event: UserEdited, user: User) -> None:
        if not user.is_on_the_site:
            self._plan.add_conflict(self._people.last_events(user), USER_ABSENT)
            return
        status = self._reverted_status(recorded, event, user)
        done = self._edits.opposite(recorded, user, status, self._is_anothers)
        if done is not None:
            self._propose(user, Proposed(done))

    def _reverted_status(
        self, recorded: RecordedEvent, event: UserEdited, user: User
    ) -> Change[UserStatus] | None:
        change = event.status
        if change is None:
            return None
        later = self._people.changes.of(recorded, STATUS)
        if self._plan.add_conflict(later, SUSPENSION_CHANGED):
            return None
        if change.before is UserStatus.SUSPENDED and self._is_last_admin(user):
            self._plan.add_conflict([recorded], LAST_ADMIN)
            return None
        return Change(before=change.after, after=change.before)

    def _revert_roles(self, recorded: RecordedEvent, event: RolesAssigned, user: User) -> None:
        if not user.is_on_the_site:
            self._plan.add_conflict(self._people.last_events(user), USER_ABSENT)
            return
        again = self._people.changes.of(recorded, ROLES)
        if self._plan.add_conflict(again, ROLES_CHANGED):
            return
        before = event.roles.before
        if Role.SITE_ADMIN not in before and self._is_last_admin(user):
            self._plan.add_conflict([recorded], LAST_ADMIN)
            return
        back = roles_assigned(user.id, user.version + 1, _roles(user), before)
        self._propose(user, Proposed(back))

    def _is_anothers(self, user: User, by: UserKey, hashed: str) -> bool:
        return self._is_taken(user, by, hashed, identifier_taken(by.value))

    def _is_taken(self, user: User, by: UserKey, hashed: str, reason: str) -> bool:
        claim, owner = self._people.claims.of(by, hashed), user_tag(user.id)
        return self._plan.add_claim_conflict(tag_of(by, hashed), claim, owner, reason)

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
            self._people.replace(after)

    RECORDERS: ClassVar[Mapping[type[Event], Callable[[Any, RecordedEvent, Any, User], None]]] = {
        UserRemoved: _remove,
        UserReinstated: _reinstate,
        UserEdited: _revert_edit,
        RolesAssigned: _revert_roles,
    }
    """Methods by the class of the opposite that they plan."""


def _roles(user: User) -> tuple[Role, ...]:
    return tuple(sorted(user.roles))
