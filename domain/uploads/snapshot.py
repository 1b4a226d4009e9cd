"""What an upload is decided on: the site as the read model knows it, at one position."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from domain.kernel.principal import Role
from domain.people.lookup import UserKey
from domain.people.person import Person


@dataclass(frozen=True, slots=True)
class KnownSegment:
    """A segment that is on the site; `number` is the read model's own for it."""

    number: int
    id: str
    version: int
    name: str
    description: str
    visible: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class KnownUser:
    """Somebody who is on the site, suspended or not."""

    number: int
    id: str
    version: int
    person: Person
    roles: frozenset[Role]
    active: bool


class Found(NamedTuple):
    """The little that a membership needs to know of a user."""

    number: int
    id: str


class Standing(Protocol):
    """Answers as of one position, however many questions are asked."""

    @property
    def position(self) -> int: ...

    def segments(self, keys: Collection[str]) -> dict[str, KnownSegment]:
        """Segments by the keys of their codes, or by their ids."""
        ...

    def found(self, by: UserKey, keys: Collection[str]) -> dict[str, Found]:
        """Users by what they are looked up by."""
        ...

    def users(self, by: UserKey, keys: Collection[str]) -> dict[str, KnownUser]:
        """The same, with all that is known of them."""
        ...

    def members(self, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """Those of the pairs (segment's number, user's number) that are memberships."""
        ...

    def active_site_admins(self) -> set[str]:
        """Their ids."""
        ...


class ReadModel(Protocol):
    """Opens a Standing."""

    def standing(self, at_least: int) -> AbstractContextManager[Standing]:
        """At that position or later. ReadModelLate when it is not there yet."""
        ...
