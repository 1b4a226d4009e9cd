"""Base of the commands on one existing user: finds them, and checks them before any change."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.kernel.commands.boundary_command import BoundaryCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.rejections import CommandRejected
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey, lookup_key
from domain.people.identifiers.ownership import IdentifierOwnership
from domain.people.rejections import no_such_user, version_conflict
from domain.people.snapshot import PeopleSnapshot
from domain.people.state import User, evolve, user_of
from domain.people.tags import user_tag


@dataclass(frozen=True, slots=True)
class UserRef:
    """A reference to one user: by their id, or by the hash of an identifier."""

    by: UserKey
    value: str

    @classmethod
    def of(cls, by: UserKey, name: str, hashes: IdentifierHasher) -> UserRef:
        """Parses a reference. CommandRejected NOT_FOUND when no user could ever be named so."""
        key = lookup_key(by, name)
        if key is None:
            raise CommandRejected(no_such_user(by.value))
        return cls(by, hashes.of_key(by, key))

    def content(self) -> dict[str, str]:
        """As JSON, for the request hash."""
        return {self.by.value: self.value}


class UserCommand(BoundaryCommand[PeopleSnapshot]):
    """A change to the user that `ref` names.

    For an identifier other than the id, the boundary is first the events of that hash; the owner's
    events join it once the owner is known, so that the whole is decided on one state of the log.
    """

    def __init__(self, ref: UserRef, expected_version: int | None = None) -> None:
        self.ref = ref
        self.expected_version = expected_version
        self.reset()

    def reset(self) -> None:
        ref = self.ref
        is_id = ref.by is UserKey.ID
        self._named = None if is_id else IdentifierOwnership(ref.by, ref.value)
        self._story: dict[str, User] = {}

    def content(self) -> dict[str, Any]:
        return {"user": self.ref.content(), "expectedVersion": self.expected_version}

    def restore(self, snapshot: PeopleSnapshot) -> None:
        named = {self.user_id}
        self.reset()
        if self._named:
            self._named.owner = snapshot.identifier_owner(self._named.by, self._named.hashed)
            named.add(self._named.owner)
        found = (snapshot.user(user_id) for user_id in named if user_id)
        self._story = {user.id: user for user in found if user is not None}

    def consistency_boundary(self) -> Sequence[Selector]:
        tags = [self._named.tag] if self._named else []
        target = self.user_id
        if target is not None:
            tags.append(user_tag(target))
        return [Selector(tags=[tag]) for tag in tags]

    def apply(self, event: Event) -> None:
        if self._named:
            self._named.apply(event)
        key = user_of(event)
        after = evolve(self._story.get(key), event)
        if after is not None:
            self._story[key] = after

    def decide(self) -> Sequence[Proposed]:
        user = self._story.get(self.user_id or "")
        if user is None or not self.can_be_named(user):
            raise CommandRejected(no_such_user(self.ref.by.value))
        if self.expected_version not in (None, user.version):
            raise CommandRejected(version_conflict(user, self.expected_version or 0))
        return self.change(user)

    def can_be_named(self, user: User) -> bool:
        """Whether the command finds them."""
        return user.is_on_the_site

    @abstractmethod
    def change(self, user: User) -> Sequence[Proposed]:
        """Returns the events of the change, for a user who is on the site at the expected
        version.
        """

    @property
    def user_id(self) -> str | None:
        """The id of the user that `ref` names, as far as the events folded so far tell."""
        return self.ref.value if self._named is None else self._named.owner
