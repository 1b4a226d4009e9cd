"""A person's unique identifiers before and after an edit: as hashes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from domain.kernel.change import Change
from domain.people.identifiers.hashes import IdentifierHashes

T = TypeVar("T", str, str | None)


@dataclass(frozen=True, slots=True)
class IdentifierHashChange:
    """The hashes of the same person before and after; a change is None where nothing changed."""

    before: IdentifierHashes
    after: IdentifierHashes

    @property
    def username(self) -> Change[str] | None:
        """The change of the username's hash."""
        return _change(self.before.username, self.after.username)

    @property
    def email(self) -> Change[str] | None:
        """The change of the e-mail address's hash."""
        return _change(self.before.email, self.after.email)

    @property
    def code(self) -> Change[str | None] | None:
        """The change of the code's hash; None on a side without a code."""
        return _change(self.before.code, self.after.code)


def _change(before: T, after: T) -> Change[T] | None:
    return None if before == after else Change(before=before, after=after)
