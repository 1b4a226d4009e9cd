"""Commands on people, as tests give them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.kernel.ids import UserId
from domain.kernel.principal import Role
from domain.people.assign_roles import AssignRoles
from domain.people.create_user import CreateUser, NewUser
from domain.people.identifiers.lookup import UserKey
from domain.people.update_user import UpdateUser, UserChanges
from domain.people.user_command import UserRef
from tests.domain.people.events import ANN, HASHES, MemoryVault


def ref(name: str = ANN, by: UserKey = UserKey.ID) -> UserRef:
    return UserRef.of(by, name, HASHES)


def create(
    user: UserId = ANN,
    *,
    username: str = "ann",
    email: str | None = None,
    first_name: str | None = None,
    last_name: str = "Smith",
    code: str | None = None,
    roles: Sequence[Role] | None = None,
) -> CreateUser:
    address = f"{username}@example.test" if email is None else email
    first = username.title() if first_name is None else first_name
    draft = NewUser.of(username, address, first, last_name, code, roles)
    return CreateUser(user, draft, HASHES, MemoryVault())


def update(
    who: UserRef | None = None,
    *,
    expected_version: int | None = None,
    vault: MemoryVault | None = None,
    **fields: Any,
) -> UpdateUser:
    edit = UserChanges.of(fields)
    return UpdateUser(who or ref(), edit, HASHES, vault or MemoryVault(), expected_version)


def only(field: str, value: object) -> dict[str, Any]:
    """One argument, whose name is known when the test runs."""
    return {field: value}


def assign(*roles: Role, who: UserRef | None = None, version: int | None = None) -> AssignRoles:
    return AssignRoles(who or ref(), roles, version)
