"""Edits, suspends or reactivates a user: only the fields that are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.change import Change
from domain.kernel.commands.append_condition import AppendCondition
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.input_validation import InputValidation
from domain.kernel.permission import Permission
from domain.kernel.rejections import CommandRejected, InvalidValue, Rejection
from domain.kernel.values import code_key, parse_code
from domain.people.active_site_admins import ActiveSiteAdmins
from domain.people.create_user import TAKEN
from domain.people.event_factories import user_edited
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import IdentifierOwnership
from domain.people.person import FIELDS, changed, content_of, fields_of
from domain.people.rejections import last_site_admin, no_such_user
from domain.people.snapshot import PeopleSnapshot
from domain.people.state import User
from domain.people.tags import SITE_ADMINS
from domain.people.user_command import UserCommand, UserRef
from domain.people.values import (
    UserStatus,
    email_key,
    parse_email,
    parse_person_name,
    parse_username,
)
from domain.people.vault import Vault

_PARSERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "username": ("username", parse_username),
    "email": ("email", parse_email),
    "first_name": ("firstName", parse_person_name),
    "last_name": ("lastName", parse_person_name),
    "code": ("code", parse_code),
}


@dataclass(frozen=True, slots=True)
class UserChanges:
    """The fields to change, valid in themselves: only those given are keys of `fields`."""

    fields: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> UserChanges:
        """Parses raw input, each field only when given; `code: None` clears.

        CommandRejected with every invalid field.
        """
        validation = InputValidation()
        fields: dict[str, Any] = {}
        for name, (path, parse) in _PARSERS.items():
            if name in raw and (raw[name] is not None or name == "code"):
                fields[name] = validation.read((path,), parse, raw[name] or "", None)
            elif name in raw:
                validation.refuse(InvalidValue(path=(path,), message="Must not be null."))
        if "status" in raw:
            fields["status"] = raw["status"]
            if raw["status"] not in (UserStatus.ACTIVE, UserStatus.SUSPENDED):
                message = "Must be ACTIVE or SUSPENDED."
                validation.refuse(InvalidValue(path=("status",), message=message))
        validation.close()
        return cls(fields)


class UpdateUser(UserCommand):
    """Records `user.edited` when at least one given field differs from what is."""

    NAME = "updateUser"
    PERMISSION = Permission.CHANGE_USERS

    def __init__(
        self,
        ref: UserRef,
        edit: UserChanges,
        hashes: IdentifierHasher,
        vault: Vault,
        expected_version: int | None = None,
    ) -> None:
        self.edit = edit
        self._hashes = hashes
        self._vault = vault
        super().__init__(ref, expected_version)

    def reset(self) -> None:
        super().reset()
        self._admins = ActiveSiteAdmins()
        self._wanted = {by: IdentifierOwnership(by, hashed) for by, hashed in self._wanted_hashes()}

    def restore(self, snapshot: PeopleSnapshot) -> None:
        super().restore(snapshot)
        for by, register in self._wanted.items():
            register.owner = snapshot.identifier_owner(by, register.hashed)
        if "status" in self.edit.fields:
            self._admins.restore(snapshot)

    def content(self) -> dict[str, Any]:
        return {**super().content(), "fields": dict(self.edit.fields)}

    def consistency_boundary(self) -> Sequence[Selector]:
        admins = [Selector(tags=[SITE_ADMINS])] if "status" in self.edit.fields else []
        return [*self._own_boundary(), *admins]

    def append_condition(self) -> AppendCondition:
        if "status" not in self.edit.fields:
            return AppendCondition(self._own_boundary())
        return AppendCondition(
            self._own_boundary(), self._admins.other_departures(self.user_id or "")
        )

    def _own_boundary(self) -> list[Selector]:
        taken = (Selector(tags=[register.tag]) for register in self._wanted.values())
        return [*super().consistency_boundary(), *taken]

    def apply(self, event: Event) -> None:
        super().apply(event)
        self._admins.apply(event)
        for register in self._wanted.values():
            register.apply(event)

    def change(self, user: User) -> Sequence[Proposed]:
        person = user.decrypted(self._vault)
        if person is None:
            raise CommandRejected(no_such_user(self.ref.by.value))
        taken = list(self._taken(user))
        if taken:
            raise CommandRejected(*taken)
        status = self._status_change(user)
        wanted = {name: v for name, v in self.edit.fields.items() if name in FIELDS}
        edit = changed(person, wanted)
        fields = fields_of(edit)
        if not fields and status is None:
            return []
        sealed = self._vault.encrypt({user.id: content_of(edit)}) if fields else {}
        if fields and user.id not in sealed:
            raise CommandRejected(no_such_user(self.ref.by.value))
        version, ciphertext = user.version + 1, sealed.get(user.id)
        return [
            Proposed(user_edited(user.id, version, person, edit, ciphertext, self._hashes, status))
        ]

    def _status_change(self, user: User) -> Change[UserStatus] | None:
        status = self.edit.fields.get("status", user.status)
        if status is user.status:
            return None
        if status is UserStatus.SUSPENDED and self._admins.is_last(user.id):
            raise CommandRejected(last_site_admin("status"))
        return Change(before=user.status, after=status)

    def _taken(self, user: User) -> Iterator[Rejection]:
        for by, register in self._wanted.items():
            if register.owner not in (None, user.id):
                yield TAKEN[by](register.owner)

    def _wanted_hashes(self) -> Iterator[tuple[UserKey, str]]:
        fields, hashes = self.edit.fields, self._hashes
        if fields.get("username"):
            yield UserKey.USERNAME, hashes.username(fields["username"])
        if fields.get("email"):
            yield UserKey.EMAIL, hashes.email(email_key(fields["email"]))
        if fields.get("code"):
            yield UserKey.CODE, hashes.code(code_key(fields["code"]))
