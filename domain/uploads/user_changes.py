"""The changes by a row of a users file: a new user, or an edit of an existing one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.kernel.event import Event
from domain.kernel.ids import UserId
from domain.kernel.principal import Role
from domain.people.event_factories import roles_assigned, user_created, user_edited
from domain.people.events import UserCreated
from domain.people.identifiers.hashes import IdentifierHasher, IdentifierHashes
from domain.people.person import Person, PersonEdit, changed, fields_of
from domain.uploads.snapshot import ExistingUser
from domain.uploads.user_file import UserFileRow


@dataclass(frozen=True, slots=True)
class NewUser:
    """A new user."""

    row: int
    user_id: UserId
    person: Person
    hashed: IdentifierHashes
    roles: tuple[Role, ...]

    @classmethod
    def of(cls, row: UserFileRow, user_id: UserId, hashes: IdentifierHasher) -> NewUser:
        """Returns the user in a row that has all that is needed."""
        person = Person(
            username=row.username,
            email=row.email or "",
            first_name=row.first_name or "",
            last_name=row.last_name or "",
            code=row.code,
        )
        roles = tuple(sorted(set(row.roles or ())))
        return cls(row.row, user_id, person, hashes.of(person), roles)

    def event(self, sealed: str) -> UserCreated:
        """Returns the event to record."""
        return user_created(self.user_id, self.hashed, self.roles, sealed)


@dataclass(frozen=True, slots=True)
class UserChange:
    """Changes to an existing user; `roles` only when they change."""

    row: int
    user: ExistingUser
    edit: PersonEdit
    roles: tuple[Role, ...] | None

    @classmethod
    def of(cls, row: UserFileRow, user: ExistingUser) -> UserChange:
        """Returns the changes by a row; empty and absent cells change nothing."""
        given = {
            "email": row.email,
            "first_name": row.first_name,
            "last_name": row.last_name,
            "code": row.code,
        }
        wanted = {field: value for field, value in given.items() if value is not None}
        roles = None if row.roles is None else tuple(sorted(set(row.roles)))
        same = roles is None or set(roles) == user.roles
        return cls(row.row, user, changed(user.person, wanted), None if same else roles)

    @property
    def fields(self) -> tuple[str, ...]:
        """The personal fields that change."""
        return fields_of(self.edit)

    @property
    def changes(self) -> bool:
        """Whether anything changes."""
        return bool(self.fields) or self.roles is not None

    def events(self, sealed: Mapping[str, str], hashes: IdentifierHasher) -> Iterator[Event]:
        """Returns the events to record; `sealed` has the edit by the user's id."""
        user, version = self.user, self.user.version
        if self.fields:
            version += 1
            ciphertext = sealed[user.id]
            yield user_edited(user.id, version, user.person, self.edit, ciphertext, hashes)
        if self.roles is not None:
            yield roles_assigned(user.id, version + 1, tuple(sorted(user.roles)), self.roles)
