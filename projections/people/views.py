"""Views of people: the answers to queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.ids import UserId, user_id_of
from domain.kernel.principal import Role
from domain.people.values import UserStatus

ERASED = "Erased user"
"""The name shown for an erased user."""


@dataclass(frozen=True, slots=True)
class UserView:
    """A user of the directory, as it is now."""

    number: int
    uuid: UUID
    username: str
    email: str
    first_name: str
    last_name: str
    code: str | None
    status: UserStatus
    roles: frozenset[Role]
    version: int
    created_at: datetime
    updated_at: datetime

    @property
    def id(self) -> UserId:
        """The public id."""
        return user_id_of(self.uuid)

    @property
    def display_name(self) -> str:
        """First and last name."""
        return display_name(self.status, self.first_name, self.last_name)


VIEW_COLUMNS = (
    "number, id, username, email, first_name, last_name, code, status, roles, version,"
    " created_at, updated_at"
)


def view_of(row: tuple[Any, ...]) -> UserView:
    """Returns the view behind one row of VIEW_COLUMNS."""
    values: list[Any] = list(row)
    values[7] = UserStatus(str(row[7]))
    values[8] = frozenset(map(Role, row[8]))
    return UserView(*values)


def display_name(status: UserStatus, first_name: str, last_name: str) -> str:
    """Returns a user's display name: their own until they are erased."""
    return ERASED if status is UserStatus.ERASED else f"{first_name} {last_name}"
