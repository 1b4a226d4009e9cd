"""Assigns exactly these roles to a user."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.permission import Permission
from domain.kernel.principal import Role
from domain.kernel.rejections import CommandRejected
from domain.people.active_site_admins import ActiveSiteAdmins
from domain.people.event_factories import roles_assigned
from domain.people.rejections import last_site_admin
from domain.people.snapshot import PeopleSnapshot
from domain.people.state import User
from domain.people.tags import SITE_ADMINS
from domain.people.user_command import UserCommand, UserRef


class AssignRoles(UserCommand):
    """Records `user.roles_assigned` when they differ from the present ones."""

    NAME = "assignRoles"
    PERMISSION = Permission.CHANGE_USERS

    def __init__(
        self, ref: UserRef, roles: Sequence[Role], expected_version: int | None = None
    ) -> None:
        self.roles = tuple(sorted(set(roles)))
        super().__init__(ref, expected_version)

    def reset(self) -> None:
        super().reset()
        self._admins = ActiveSiteAdmins()

    def restore(self, snapshot: PeopleSnapshot) -> None:
        super().restore(snapshot)
        self._admins.restore(snapshot)

    def content(self) -> dict[str, Any]:
        return {**super().content(), "roles": [role.value for role in self.roles]}

    def consistency_boundary(self) -> Sequence[Selector]:
        return [*super().consistency_boundary(), Selector(tags=[SITE_ADMINS])]

    def append_condition(self) -> AppendCondition:
        admins = self._admins.other_departures(self.user_id or "")
        return AppendCondition(super().consistency_boundary(), admins)

    def apply(self, event: Event) -> None:
        super().apply(event)
        self._admins.apply(event)

    def change(self, user: User) -> Sequence[Proposed]:
        if user.roles == set(self.roles):
            return []
        if Role.SITE_ADMIN not in self.roles and self._admins.is_last(user.id):
            raise CommandRejected(last_site_admin("roles"))
        before = tuple(sorted(user.roles))
        return [Proposed(roles_assigned(user.id, user.version + 1, before, self.roles))]
