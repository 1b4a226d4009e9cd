"""What uploads ask of a snapshot, answered naively from the state of all segments and users."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from domain.kernel.principal import Role
from domain.kernel.values import code_key
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.state import User
from domain.people.values import UserStatus
from domain.people.vault import Vault
from domain.segments.state import Segment
from domain.uploads.snapshot import ExistingSegment, ExistingUser, FoundUser
from tests.domain.people.events import HASHES, MemoryVault


class UploadAnswers:
    """See UploadSnapshot. Numbers are given in the order in which things came to be."""

    hashes: IdentifierHasher = HASHES
    vault: Vault = MemoryVault()
    _segments: dict[str, Segment]
    _users: dict[str, User]
    _rosters: dict[str, set[str]]

    def segments_named(self, keys: Collection[str]) -> dict[str, ExistingSegment]:
        """A code is stronger than an id."""
        there = enumerate(self._segments.values(), 1)
        known = [(s.code, _known_segment(number, s)) for number, s in there if not s.deleted]
        by_id = {segment.id: segment for _, segment in known if segment.id in keys}
        by_code = {str(code_key(code)): segment for code, segment in known if code is not None}
        return by_id | {key: by_code[key] for key in keys if key in by_code}

    def find_users(self, by: UserKey, keys: Collection[str]) -> dict[str, FoundUser]:
        """As `users_named`."""
        users = self.users_named(by, keys)
        return {key: FoundUser(user.number, user.id) for key, user in users.items()}

    def users_named(self, by: UserKey, keys: Collection[str]) -> dict[str, ExistingUser]:
        """Those who are on the site, suspended or not."""
        hashed = {self.hashes.of_key(by, key): key for key in keys}
        there = self._on_site()
        known = {_identifier(user, by): self._known_user(number, user) for number, user in there}
        return {hashed[value]: user for value, user in known.items() if value in hashed}

    def memberships(self, pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """By the same numbers."""
        segments = dict(enumerate(self._segments, 1))
        users = dict(enumerate(self._users, 1))
        return {
            (segment, user)
            for segment, user in pairs
            if users[user] in self._rosters.get(segments[segment], ())
        }

    def active_site_admins(self) -> set[str]:
        """Who is suspended is none."""
        active = (user for _, user in self._on_site() if user.status is UserStatus.ACTIVE)
        return {user.id for user in active if Role.SITE_ADMIN in user.roles}

    def _on_site(self) -> Iterator[tuple[int, User]]:
        numbered = enumerate(self._users.values(), 1)
        return ((number, user) for number, user in numbered if user.is_on_the_site)

    def _known_user(self, number: int, user: User) -> ExistingUser:
        person = user.decrypted(self.vault)
        assert person is not None
        return ExistingUser(
            number=number,
            id=user.id,
            version=user.version,
            person=person,
            roles=user.roles,
            active=user.status is UserStatus.ACTIVE,
        )


def _known_segment(number: int, segment: Segment) -> ExistingSegment:
    return ExistingSegment(number, segment)


def _identifier(user: User, by: UserKey) -> str | None:
    return user.id if by is UserKey.ID else getattr(user.hashed, by.value)
