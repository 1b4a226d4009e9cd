"""The set of active site admins, folded from the events that may change it."""

from __future__ import annotations

from domain.kernel.commands.append_condition import FilteredSelector
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.events import (
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.snapshot import PeopleSnapshot
from domain.people.state import user_of
from domain.people.tags import SITE_ADMINS
from domain.people.values import UserStatus


class ActiveSiteAdmins:
    """The active site admins, as the events tagged SITE_ADMINS say."""

    def __init__(self) -> None:
        self._admins: set[str] = set()
        self._suspended: set[str] = set()
        self._snapshot: PeopleSnapshot | None = None
        self._told: set[str] = set()  # users with a status in the events since

    def restore(self, snapshot: PeopleSnapshot) -> None:
        """Begins with a snapshot, which is asked for more while events are folded."""
        self._admins = set(snapshot.site_admins())
        self._suspended = set(snapshot.suspended(self._admins))
        self._snapshot = snapshot

    def apply(self, event: Event) -> None:
        """Takes one event into account."""
        if isinstance(event, UserCreated | UserReinstated) and Role.SITE_ADMIN in event.roles:
            self._admins.add(event.user_id)
            self._turned(event.user_id, UserStatus.ACTIVE)
        elif isinstance(event, RolesAssigned):
            self._assigned(event)
        elif isinstance(event, UserEdited) and event.status is not None:
            self._turned(event.user_id, event.status.after)
        elif isinstance(event, UserErased | UserRemoved):
            self._admins.discard(event.user_id)

    def is_last(self, user_id: str) -> bool:
        """Whether nobody else is an active site admin."""
        return self._admins - self._suspended == {user_id}

    def other_departures(self, user_id: str) -> FilteredSelector:
        """Returns the append condition of a command after which this user may be no active site
        admin any more: another one of them goes. When they are not one themselves, nothing; an
        admin who comes makes only room.
        """

        def touches(event: Event) -> bool:
            return self._is_one(user_id) and self._is_one(user_of(event))

        return FilteredSelector({SITE_ADMINS}, touches)

    def departures(self) -> FilteredSelector:
        """Returns the append condition of a command after which several may be none any more: any
        of them goes.
        """
        return FilteredSelector({SITE_ADMINS}, lambda event: self._is_one(user_of(event)))

    def _is_one(self, user_id: str) -> bool:
        return user_id in self._admins and user_id not in self._suspended

    def _assigned(self, event: RolesAssigned) -> None:
        if Role.SITE_ADMIN in event.roles.after:
            self._admins.add(event.user_id)
            self._look_up(event.user_id)
        else:
            self._admins.discard(event.user_id)

    def _look_up(self, user_id: str) -> None:
        """Looks up the status of a user who was given the role: a snapshot lists of the suspended
        only those who had it then.
        """
        if self._snapshot is not None and user_id not in self._told:
            self._suspended |= self._snapshot.suspended({user_id})

    def _turned(self, user_id: str, status: UserStatus) -> None:
        self._told.add(user_id)
        if status is UserStatus.SUSPENDED:
            self._suspended.add(user_id)
        else:
            self._suspended.discard(user_id)
