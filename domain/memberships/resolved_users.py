"""The users that a command names, and which of them are members: loaded from the read model, then
brought forward by later events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.kernel.event import Event
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.snapshot import MemberLookup
from domain.people.events import UserCreated, UserEdited, UserErased, UserReinstated, UserRemoved
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import hash_change, hash_taken, tag_of
from domain.people.tags import user_tag


class ResolvedUsers:
    """Users looked up by one kind of key, and those of them who are in one segment."""

    def __init__(self, by: UserKey, hashes: IdentifierHasher) -> None:
        self._by = by
        self._hashes = hashes
        self._wanted: list[str] = []
        self._keys: dict[str, str] | None = None
        self._ids: set[str] | None = None
        self._certain: set[str] = set()  # of them it is known whether they are members
        self.found: dict[str, str] = {}
        self.members: set[str] = set()

    def load(self, found: MemberLookup, wanted: list[str]) -> None:
        """Loads the users that are wanted from the read model."""
        self._wanted = wanted
        self.found = dict(found.users)
        self.members = set(found.members)
        self._certain = set(found.users.values())
        self._ids = None

    def tags(self) -> Iterator[str]:
        """Yields the tags of all events about the users found, and of those that take a wanted
        identifier.
        """
        yield from (user_tag(user) for user in self.found.values())
        for key in self._wanted:
            yield tag_of(self._by, self._hashes.of_key(self._by, key))

    def apply(self, event: Event, is_in: Callable[[str], bool]) -> None:
        """Takes a later event about the roster, or about any user, into account. `is_in` tells of a
        user whether the read model has them in the segment.
        """
        self._ids = None
        match event:
            case MembersAdded(user_ids=users):
                self.members.update(users)
                self._certain.update(users)
            case MembersRemoved(user_ids=users):
                self.members.difference_update(users)
                self._certain.update(users)
            case UserCreated() | UserReinstated():
                self._certain.add(event.user_id)
                self._holds(event.user_id, hash_taken(event, self._by))
            case UserEdited():
                self._edited(event, is_in)
            case UserErased(user_id=user) | UserRemoved(user_id=user):
                self.found = {key: found for key, found in self.found.items() if found != user}
                # No event says so of a segment that was deleted by then, which may be back.
                self.members.discard(user)

    def is_touched_by(self, event: Event) -> bool:
        """Whether an event after all those that were folded changes which users were found, or
        which of them are members.
        """
        if self._ids is None:
            self._ids = set(self.found.values())
        match event:
            case MembersAdded(user_ids=users) | MembersRemoved(user_ids=users):
                return not self._ids.isdisjoint(users)
            case UserEdited():
                change = hash_change(event, self._by)
                sides = () if change is None else (change.before, change.after)
                return any(self._key_of(side) is not None for side in sides)
            case UserErased(user_id=user) | UserRemoved(user_id=user):
                return user in self._ids
        return False

    def _edited(self, event: UserEdited, is_in: Callable[[str], bool]) -> None:
        change = hash_change(event, self._by)
        if change is not None:
            self._holds(None, change.before)
            self._holds(event.user_id, change.after)
            if self._key_of(change.after) is not None:
                self._look_up(event.user_id, is_in)

    def _look_up(self, user: str, is_in: Callable[[str], bool]) -> None:
        """Looks up the membership of a user who was not asked for. No event since the snapshot has
        told of it: then it is as the snapshot has it.
        """
        if user not in self._certain and is_in(user):
            self.members.add(user)
        self._certain.add(user)

    def _holds(self, user: str | None, hashed: str | None) -> None:
        key = self._key_of(hashed)
        if key is None:
            return
        if user is None:
            self.found.pop(key, None)
        else:
            self.found[key] = user

    def _key_of(self, hashed: str | None) -> str | None:
        if self._keys is None:  # rarely needed: only when the directory changed just now
            self._keys = {self._hashes.of_key(self._by, key): key for key in self._wanted}
        return None if hashed is None else self._keys.get(hashed)
