"""Keyed hashes of personal values that must be unique: the log holds nothing else of them in the
open.

Without the key, which is kept in the vault, a hash tells nothing, and no guess can be tried.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from domain.kernel.values import CodeKey, code_key
from domain.people.identifiers.lookup import UserKey
from domain.people.person import Person
from domain.people.values import EmailKey, Username, email_key


class IdentifierHasher:
    """Hashes with one key. The same value gives the same hash for ever."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def username(self, username: Username) -> str:
        """Returns the hash of a username, as parsed."""
        return self._of("username", username)

    def email(self, key: EmailKey) -> str:
        """Returns the hash of an e-mail address's key."""
        return self._of("email", key)

    def code(self, key: CodeKey) -> str:
        """Returns the hash of a code's key."""
        return self._of("usercode", key)

    def of_key(self, by: UserKey, key: str) -> str:
        """Returns the hash of a lookup key; an id stands for itself."""
        if by is UserKey.ID:
            return key
        return self._of("usercode" if by is UserKey.CODE else by.value, key)

    def of(self, person: Person) -> IdentifierHashes:
        """Returns the hashes of all of a person's identifiers."""
        code = None if person.code is None else self.code(code_key(person.code))
        return IdentifierHashes(
            self.username(Username(person.username)), self.email(email_key(person.email)), code
        )

    def _of(self, kind: str, value: str) -> str:
        return hmac.new(self._key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class IdentifierHashes:
    """The hashes of one person's username, address and code."""

    username: str
    email: str
    code: str | None
