"""What a row of a users file comes to: somebody added, or somebody's entry changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.ids import UserId
from domain.kernel.principal import Role
from domain.people.events import RolesAssigned, UserEdited
from domain.people.hashes import Hashed, Hashes
from domain.people.held import HeldChange
from domain.people.person import Person, PersonEdit, after, changed, fields_of
from domain.people.tags import PEOPLE, SITE_ADMINS, user_tag
from domain.uploads.standing import KnownUser
from domain.uploads.user_rows import UserRow

Fact = tuple[type[Event], list[str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Addition:
    """Somebody new."""

    row: int
    user_id: UserId
    person: Person
    hashed: Hashed
    roles: tuple[Role, ...]

    @classmethod
    def of(cls, row: UserRow, user_id: UserId, hashes: Hashes) -> Addition:
        """For a row that has all that is needed."""
        person = Person(
            username=row.username,
            email=row.email or "",
            first_name=row.first_name or "",
            last_name=row.last_name or "",
            code=row.code,
        )
        roles = tuple(sorted(set(row.roles or ())))
        return cls(row.row, user_id, person, hashes.of(person), roles)

    def tags(self) -> list[str]:
        """Of the `user.created`."""
        admins = [SITE_ADMINS] if Role.SITE_ADMIN in self.roles else []
        return [user_tag(self.user_id), *self.hashed.tags(), PEOPLE, *admins]

    def fields(self, sealed: str) -> dict[str, Any]:
        """Of the `user.created`."""
        return {
            "user_id": self.user_id,
            "version": 1,
            "sealed": sealed,
            "username_hash": self.hashed.username,
            "email_hash": self.hashed.email,
            "code_hash": self.hashed.code,
            "roles": self.roles,
        }


@dataclass(frozen=True, slots=True)
class Alteration:
    """Changes to somebody who is there; `roles` only when they change."""

    row: int
    user: KnownUser
    edit: PersonEdit
    roles: tuple[Role, ...] | None

    @classmethod
    def of(cls, row: UserRow, user: KnownUser) -> Alteration:
        """What a row changes; empty and absent cells leave what is."""
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
        """Whether anything does."""
        return bool(self.fields) or self.roles is not None

    def facts(self, sealed: Mapping[str, str], hashes: Hashes) -> Iterator[Fact]:
        """The facts to record; `sealed` has the edit by the user's id."""
        version = self.user.version
        if self.fields:
            version += 1
            yield self._edited(version, sealed[self.user.id], hashes)
        if self.roles is not None:
            yield self._roles_assigned(version + 1)

    def _edited(self, version: int, sealed: str, hashes: Hashes) -> Fact:
        before = self.user.person
        held = HeldChange(hashes.of(before), hashes.of(after(before, self.edit)))
        fields = {
            "user_id": self.user.id,
            "version": version,
            "fields": self.fields,
            "sealed": sealed,
            **held.fields(),
        }
        return UserEdited, [user_tag(self.user.id), *held.tags()], fields

    def _roles_assigned(self, version: int) -> Fact:
        before, now = tuple(sorted(self.user.roles)), self.roles or ()
        admins = [SITE_ADMINS] if Role.SITE_ADMIN in {*before, *now} else []
        fields = {
            "user_id": self.user.id,
            "version": version,
            "roles": Change(before=before, after=now),
        }
        return RolesAssigned, [user_tag(self.user.id), *admins], fields
