"""Makes the events about people, from the data of commands and files."""

from __future__ import annotations

from domain.kernel.change import Change
from domain.kernel.commands.proposed import Proposed
from domain.kernel.principal import Role
from domain.people.events import RolesAssigned, UserCreated, UserEdited, UserReinstated, UserRemoved
from domain.people.identifiers.hash_change import IdentifierHashChange
from domain.people.identifiers.hashes import IdentifierHasher, IdentifierHashes
from domain.people.person import Person, PersonEdit, apply_edit, fields_of
from domain.people.tags import site_admin_tags
from domain.people.values import UserStatus


def user_created(
    user_id: str, hashed: IdentifierHashes, roles: tuple[Role, ...], sealed: str
) -> UserCreated:
    """Returns the creation of a user, with sorted roles."""
    return UserCreated(
        user_id=user_id,
        version=1,
        sealed=sealed,
        username_hash=hashed.username,
        email_hash=hashed.email,
        code_hash=hashed.code,
        roles=roles,
    )


def user_removed(
    user_id: str, version: int, hashed: IdentifierHashes, roles: tuple[Role, ...]
) -> Proposed:
    """Returns the removal of a user: their creation is taken back."""
    removed = UserRemoved(
        user_id=user_id,
        version=version,
        username_hash=hashed.username,
        email_hash=hashed.email,
        code_hash=hashed.code,
    )
    return Proposed(removed, site_admin_tags(*roles))


def user_reinstated(
    user_id: str, version: int, hashed: IdentifierHashes, roles: tuple[Role, ...]
) -> UserReinstated:
    """Returns the reinstatement of a user: their removal is taken back; with sorted roles."""
    return UserReinstated(
        user_id=user_id,
        version=version,
        username_hash=hashed.username,
        email_hash=hashed.email,
        code_hash=hashed.code,
        roles=roles,
    )


def user_edited(
    user_id: str,
    version: int,
    before: Person,
    edit: PersonEdit,
    sealed: str | None,
    hashes: IdentifierHasher,
    status: Change[UserStatus] | None = None,
) -> UserEdited:
    """Returns an edit: fields of a user who is `before` until then, or their status, or both."""
    held = IdentifierHashChange(hashes.of(before), hashes.of(apply_edit(before, edit)))
    return UserEdited(
        user_id=user_id,
        version=version,
        fields=fields_of(edit),
        sealed=sealed,
        username_hash=held.username,
        email_hash=held.email,
        code_hash=held.code,
        status=status,
    )


def roles_assigned(
    user_id: str, version: int, before: tuple[Role, ...], now: tuple[Role, ...]
) -> RolesAssigned:
    """Returns the assignment of other roles; both lists are sorted."""
    return RolesAssigned(user_id=user_id, version=version, roles=Change(before=before, after=now))
