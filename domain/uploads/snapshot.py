"""The questions that uploads ask the read model, many rows at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from domain.kernel.principal import Role
from domain.people.identifiers.lookup import UserKey
from domain.people.person import Person
from domain.segments.state import Segment
from domain.segments.values import SegmentStatus


@dataclass(frozen=True, slots=True)
class ExistingSegment:
    """A segment that is on the site; `number` is the read model's own for it."""

    number: int
    segment: Segment

    @property
    def id(self) -> str:
        """Its public id."""
        return self.segment.id

    @property
    def archived(self) -> bool:
        """Whether it takes no changes."""
        return self.segment.status is SegmentStatus.ARCHIVED


@dataclass(frozen=True, slots=True)
class ExistingUser:
    """A user who is on the site, suspended or not."""

    number: int
    id: str
    version: int
    person: Person
    roles: frozenset[Role]
    active: bool


class FoundUser(NamedTuple):
    """The data of a user that a membership needs."""

    number: int
    id: str


class UploadSnapshot(Protocol):
    """The site as of one position."""

    @property
    def position(self) -> int: ...

    def segments_named(self, keys: Collection[str]) -> dict[str, ExistingSegment]:
        """Returns segments by the keys of their codes, or by their ids."""
        ...

    def find_users(self, by: UserKey, keys: Collection[str]) -> dict[str, FoundUser]:
        """Returns users by their lookup keys."""
        ...

    def users_named(self, by: UserKey, keys: Collection[str]) -> dict[str, ExistingUser]:
        """Returns users by their lookup keys, with all their data."""
        ...

    def memberships(self, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """Returns those of the pairs (segment's number, user's number) that are memberships."""
        ...

    def active_site_admins(self) -> set[str]:
        """Returns the ids of the active site admins."""
        ...
