"""One row of the read model's directory, as the fold has it in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from domain.kernel.principal import Role
from domain.kernel.values import code_key
from domain.people.identifiers.hashes import IdentifierHashes
from domain.people.identifiers.lookup import UserKey
from domain.people.person import Person
from domain.people.state import User
from domain.people.values import UserStatus, email_key
from projections.text.search_key import FIELD_END, search_key
from projections.text.sort_key import joined_sort_key

PERSON_COLUMNS = "username, email, first_name, last_name, code"
"""The columns of a Person, in the clear."""


def person_of(columns: Sequence[Any]) -> Person:
    """Returns the person in these columns, in this order."""
    username, email, first_name, last_name, code = columns
    return Person(
        username=username,
        email=email,
        first_name=first_name,
        last_name=last_name,
        code=code,
    )


USER_COLUMNS = f"version, roles, status, username_hash, email_hash, code_hash, {PERSON_COLUMNS}"
"""The columns of a User, but the id."""

HASH_COLUMNS = {
    UserKey.USERNAME: "username_hash",
    UserKey.EMAIL: "email_hash",
    UserKey.CODE: "code_hash",
}


def user_of(user_id: str, columns: Sequence[Any]) -> User:
    """Returns the user with USER_COLUMNS, in this order."""
    version, roles, status, *others = columns
    return User(
        id=user_id,
        version=version,
        roles=frozenset(map(Role, roles)),
        status=UserStatus(status),
        hashed=IdentifierHashes(*others[:3]),
        ciphertexts=(),
        person=person_of(others[3:]),
    )


class UserRow(msgspec.Struct):
    """The columns of `users`, in the table's order. The id is the hexadecimal digits of a UUID,
    times are RFC 3339 texts: both go into COPY as they are.
    """

    number: int
    id: str
    username: str
    email: str
    email_key: str
    first_name: str
    last_name: str
    code: str | None
    code_key: str | None
    name_key: bytes
    status: str
    roles: list[str]
    version: int
    created_at: str
    updated_at: str
    search: str
    username_hash: str
    email_hash: str
    code_hash: str | None

    @property
    def person(self) -> Person:
        """The personal data in the row."""
        return Person(
            username=self.username,
            email=self.email,
            first_name=self.first_name,
            last_name=self.last_name,
            code=self.code,
        )

    def take(self, person: Person) -> None:
        """Replaces the personal data."""
        self.username, self.email, self.code = person.username, person.email, person.code
        self.first_name, self.last_name = person.first_name, person.last_name
        self.email_key = email_key(person.email)
        self.code_key = None if person.code is None else code_key(person.code)
        self.name_key = joined_sort_key(person.last_name, person.first_name)
        self.search = _search(person)

    def empty(self) -> None:
        """Deletes the personal data and the roles; the hashes stay."""
        self.username = self.email = self.email_key = self.search = ""
        self.first_name = self.last_name = ""
        self.code = self.code_key = None
        self.name_key = b""
        self.roles = []
        self.status = UserStatus.ERASED.value

    @property
    def is_empty(self) -> bool:
        """Whether the personal data was deleted."""
        return self.status == UserStatus.ERASED.value


COLUMNS = UserRow.__struct_fields__
"""The columns in the order of a row."""


def _search(person: Person) -> str:
    first, last = person.first_name, person.last_name
    names = f"{first} {last} {first}"  # found as "Ann Smith" and as "Smith Ann"
    return search_key(FIELD_END.join((names, person.username, person.email, person.code or "")))
