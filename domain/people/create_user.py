"""Adds a user to the directory: their identifiers must be free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.boundary_command import BoundaryCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import UserId
from domain.kernel.input_validation import InputValidation
from domain.kernel.permission import Permission
from domain.kernel.principal import Role
from domain.kernel.rejections import CommandRejected, Rejection
from domain.kernel.values import parse_code
from domain.people.event_factories import user_created
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import IdentifierOwnership
from domain.people.person import Person, content_of
from domain.people.rejections import code_taken, email_taken, username_taken
from domain.people.snapshot import PeopleSnapshot
from domain.people.values import (
    Email,
    PersonName,
    Username,
    parse_email,
    parse_person_name,
    parse_username,
)
from domain.people.vault import Vault

TAKEN = {
    UserKey.USERNAME: username_taken,
    UserKey.EMAIL: email_taken,
    UserKey.CODE: code_taken,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A new user, valid in themselves."""

    person: Person
    roles: tuple[Role, ...]

    @classmethod
    def of(
        cls,
        username: str,
        email: str,
        first_name: str,
        last_name: str,
        code: str | None,
        roles: Sequence[Role] | None,
    ) -> NewUser:
        """Parses raw input. CommandRejected with every invalid field."""
        validation = InputValidation()
        read = validation.read
        no_name = PersonName("")
        person = Person(
            username=read(("username",), parse_username, username, Username("")),
            email=read(("email",), parse_email, email, Email("")),
            first_name=read(("firstName",), parse_person_name, first_name, no_name),
            last_name=read(("lastName",), parse_person_name, last_name, no_name),
            code=read(("code",), parse_code, code or "", None),
        )
        validation.close()
        return cls(person=person, roles=tuple(sorted(set(roles or ()))))


class CreateUser(BoundaryCommand[PeopleSnapshot]):
    """Records `user.created`, unless the username, the address or the code is taken."""

    NAME = "createUser"
    PERMISSION = Permission.CHANGE_USERS

    def __init__(
        self, user_id: UserId, draft: NewUser, hashes: IdentifierHasher, vault: Vault
    ) -> None:
        self.user_id = user_id
        self.draft = draft
        self._hashed = hashes.of(draft.person)
        self._vault = vault
        self.reset()

    def reset(self) -> None:
        held = {
            UserKey.USERNAME: self._hashed.username,
            UserKey.EMAIL: self._hashed.email,
            UserKey.CODE: self._hashed.code,
        }
        self._registers = {
            by: IdentifierOwnership(by, hashed) for by, hashed in held.items() if hashed is not None
        }

    def content(self) -> dict[str, Any]:
        person, roles = self.draft.person, self.draft.roles
        return {"person": content_of(person).decode(), "roles": [role.value for role in roles]}

    def consistency_boundary(self) -> Sequence[Selector]:
        return [Selector(tags=[register.tag]) for register in self._registers.values()]

    def restore(self, snapshot: PeopleSnapshot) -> None:
        self.reset()
        for by, register in self._registers.items():
            register.owner = snapshot.identifier_owner(by, register.hashed)

    def skip_initial_read(self) -> bool:
        return True

    def apply(self, event: Event) -> None:
        for register in self._registers.values():
            register.apply(event)

    def decide(self) -> Sequence[Proposed]:
        taken = list(self._taken())
        if taken:
            raise CommandRejected(*taken)
        content = content_of(self.draft.person)
        sealed = self._vault.encrypt_new({self.user_id: content})[self.user_id]
        return [Proposed(user_created(self.user_id, self._hashed, self.draft.roles, sealed))]

    def _taken(self) -> Iterator[Rejection]:
        for by, register in self._registers.items():
            if register.owner is not None:
                yield TAKEN[by](register.owner)
