"""The state of a user, folded from their events: `evolve` alone defines what each event does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.events import (
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.identifiers.hashes import IdentifierHashes
from domain.people.person import Person, apply_edit, edit_in, person_in
from domain.people.values import UserStatus
from domain.people.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """The state of one user in the log at one position. `ciphertexts` are the person, then every
    edit of them; or, with `person`, the edits after that state of them.
    """

    id: str
    version: int
    roles: frozenset[Role]
    hashed: IdentifierHashes
    ciphertexts: tuple[str, ...]
    status: UserStatus = UserStatus.ACTIVE
    person: Person | None = None

    @property
    def is_on_the_site(self) -> bool:
        """Whether commands can find them."""
        return self.status in (UserStatus.ACTIVE, UserStatus.SUSPENDED)

    def decrypted(self, vault: Vault) -> Person | None:
        """Returns their personal data as it is now; None when the key is destroyed."""
        return self.person_in(vault.decrypt(self.encrypted))

    @property
    def encrypted(self) -> list[tuple[str, str]]:
        """Their ciphertexts, as the vault takes them."""
        return [(self.id, ciphertext) for ciphertext in self.ciphertexts]

    def person_in(self, contents: Sequence[bytes | None]) -> Person | None:
        """Returns their personal data, from `encrypted` as the vault decrypted it. See
        decrypted.
        """
        person = self.person
        for content in contents:
            if content is None:
                return None
            person = person_in(content) if person is None else apply_edit(person, edit_in(content))
        return person


def evolve(user: User | None, event: Event) -> User | None:
    """Returns `user` after one more of their own events; None before their first."""
    if isinstance(event, UserCreated):
        return _created(event)
    if user is None:
        return None
    if isinstance(event, UserEdited):
        return _edited(user, event)
    if isinstance(event, RolesAssigned):
        return replace(user, version=event.version, roles=frozenset(event.roles.after))
    if isinstance(event, UserErased):
        return replace(
            user, version=event.version, status=UserStatus.ERASED, ciphertexts=(), person=None
        )
    if isinstance(event, UserRemoved):
        return replace(user, version=event.version, status=UserStatus.REMOVED)
    if isinstance(event, UserReinstated):
        return replace(user, version=event.version, status=UserStatus.ACTIVE)
    return user


def _created(event: UserCreated) -> User:
    return User(
        id=event.user_id,
        version=event.version,
        roles=frozenset(event.roles),
        hashed=IdentifierHashes(event.username_hash, event.email_hash, event.code_hash),
        ciphertexts=(event.sealed,),
    )


def _edited(user: User, event: UserEdited) -> User:
    held = user.hashed
    return replace(
        user,
        version=event.version,
        ciphertexts=user.ciphertexts if event.sealed is None else (*user.ciphertexts, event.sealed),
        hashed=IdentifierHashes(
            event.username_hash.after if event.username_hash else held.username,
            event.email_hash.after if event.email_hash else held.email,
            event.code_hash.after if event.code_hash else held.code,
        ),
        status=event.status.after if event.status else user.status,
    )


def user_of(event: Event) -> str:
    """Returns the id of the user that an event is about; empty when it is about something else."""
    return getattr(event, "user_id", "")
