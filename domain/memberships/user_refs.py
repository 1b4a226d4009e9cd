"""References to many users, by one kind of identifier: as a client gave them, and their lookup
keys.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.kernel.rejections import CommandRejected, InvalidValue, NotFound, Rejection
from domain.people.identifiers.lookup import UserKey, lookup_key

MAX_USERS = 100_000
"""Entries as given, in one request."""

MAX_REJECTIONS = 1_000
"""Unknown users that are reported one by one (docs/reference/rules.md, "Errors")."""


@dataclass(frozen=True)
class UserRefs:
    """References to users: their identifiers, as given. The lookup keys are computed at their first
    use: in the command's thread, as it takes half a second for the largest set.
    """

    by: UserKey
    names: Sequence[str]

    @classmethod
    def of(cls, by: UserKey, names: Sequence[str]) -> UserRefs:
        """CommandRejected INVALID when there are too many."""
        if len(names) > MAX_USERS:
            message = f"At most {MAX_USERS:,} users in one call; these are {len(names):,}."
            raise CommandRejected(InvalidValue(message=message, path=("users", by.plural)))
        return cls(by, names)

    @cached_property
    def keys(self) -> tuple[str | None, ...]:
        """The lookup key of each identifier, or None when no user could have it."""
        return tuple(lookup_key(self.by, name) for name in self.names)

    @cached_property
    def distinct(self) -> list[str]:
        """Returns the keys to look up, each once, in the order given."""
        return list(dict.fromkeys(key for key in self.keys if key is not None))

    def unknown(self, found: Container[str | None]) -> list[Rejection]:
        """Returns a NOT_FOUND with its place for each entry whose key is not in `found`."""
        places = (place for place, key in enumerate(self.keys) if key not in found)
        return [
            NotFound(message="There is no such user.", path=("users", self.by.plural, str(place)))
            for place, _ in zip(places, range(MAX_REJECTIONS), strict=False)
        ]
