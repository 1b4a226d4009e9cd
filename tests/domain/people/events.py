"""Events about people, short enough to be read as a story, and the tags that each must carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.ids import UserId
from domain.kernel.principal import Role
from domain.people.events import (
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.person import Person, PersonEdit, apply_edit, changed, content_of, fields_of
from domain.people.values import UserStatus

ANN = UserId("user_0192f0c17a9b7c3d8e4f5061728394a1")
BO = UserId("user_0192f0c17a9b7c3d8e4f5061728394b0")
CY = UserId("user_0192f0c17a9b7c3d8e4f5061728394c0")

HASHES = IdentifierHasher(b"the key of hashes in tests")


class MemoryVault:
    """What it seals can be read and compared; `destroyed` are the ids of people without a key."""

    def __init__(self) -> None:
        self.destroyed: set[str] = set()

    def encrypt_new(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        return self.encrypt(contents)

    def encrypt(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        known = {user: text for user, text in contents.items() if user not in self.destroyed}
        return {user: ciphertext(text) for user, text in known.items()}

    def decrypt(self, ciphertexts: Sequence[tuple[str, str]]) -> list[bytes | None]:
        return [
            None if user in self.destroyed else text.removeprefix("sealed:").encode()
            for user, text in ciphertexts
        ]


def ciphertext(content: bytes) -> str:
    """What the vault makes of a content."""
    return f"sealed:{content.decode()}"


def person(username: str = "ann", **fields: Any) -> Person:
    """Somebody whose address and names follow from the username."""
    given: dict[str, Any] = {
        "username": username,
        "email": f"{username}@example.test",
        "first_name": username.title(),
        "last_name": "Smith",
        "code": None,
    }
    return Person(**{**given, **fields})


def added(user: UserId = ANN, who: Person | None = None, roles: Sequence[Role] = ()) -> UserCreated:
    """By default Ann; Bo, and others, are somebody else."""
    known = who or person({ANN: "ann", BO: "bo", CY: "cy"}[user])
    held = HASHES.of(known)
    return UserCreated(
        user_id=user,
        version=1,
        sealed=ciphertext(content_of(known)),
        username_hash=held.username,
        email_hash=held.email,
        code_hash=held.code,
        roles=tuple(sorted(roles)),
    )


def altered(user: UserId, version: int, who: Person, **wanted: Any) -> UserEdited:
    """Personal fields of somebody who is `who` until then."""
    edit: PersonEdit = changed(who, wanted)
    before, now = HASHES.of(who), HASHES.of(apply_edit(who, edit))
    return UserEdited(
        user_id=user,
        version=version,
        fields=fields_of(edit),
        sealed=ciphertext(content_of(edit)),
        username_hash=_change(before.username, now.username),
        email_hash=_change(before.email, now.email),
        code_hash=_change(before.code, now.code),
    )


def turned(user: UserId, version: int, before: UserStatus, now: UserStatus) -> UserEdited:
    """Suspended, or reactivated."""
    status = Change(before=before, after=now)
    return UserEdited(user_id=user, version=version, fields=(), sealed=None, status=status)


def assigned(
    user: UserId, version: int, before: Sequence[Role], now: Sequence[Role]
) -> RolesAssigned:
    change = Change(before=tuple(sorted(before)), after=tuple(sorted(now)))
    return RolesAssigned(user_id=user, version=version, roles=change)


def erased(user: UserId, version: int, who: Person) -> UserErased:
    return UserErased(user_id=user, version=version, **_held(who))


def removed(user: UserId, version: int, who: Person) -> UserRemoved:
    return UserRemoved(user_id=user, version=version, **_held(who))


def back(user: UserId, version: int, who: Person) -> UserReinstated:
    return UserReinstated(user_id=user, version=version, **_held(who), roles=())


def _held(who: Person) -> dict[str, Any]:
    held = HASHES.of(who)
    return {
        "username_hash": held.username,
        "email_hash": held.email,
        "code_hash": held.code,
    }


def tags_of_person(event: Event) -> set[str]:
    """A user's own, what is taken and freed, and the two broad ones where they belong."""
    tags = {f"user:{getattr(event, 'user_id', None)}"}
    match event:
        case UserCreated(username_hash=name, email_hash=email, code_hash=code, roles=roles):
            tags |= {*_held_tags(name, email, code), "people"}
            tags |= {"site-admins"} if Role.SITE_ADMIN in roles else set()
        case UserEdited():
            tags |= _tags_of_edit(event)
        case RolesAssigned(roles=Change(before=before, after=now)):
            tags |= {"site-admins"} if Role.SITE_ADMIN in {*before, *now} else set()
        case UserErased() | UserRemoved() | UserReinstated():
            name, email, code = event.username_hash, event.email_hash, event.code_hash
            tags |= {*_held_tags(name, email, code), "people"}
    return tags


def _held_tags(username: str, email: str, code: str | None) -> list[str]:
    tags = [f"username:{username}", f"email:{email}"]
    return tags if code is None else [*tags, f"usercode:{code}"]


def _tags_of_edit(event: UserEdited) -> set[str]:
    kinds = {
        "username": event.username_hash,
        "email": event.email_hash,
        "usercode": event.code_hash,
    }
    found = {
        f"{kind}:{hashed}"
        for kind, change in kinds.items()
        if change is not None
        for hashed in (change.before, change.after)
        if hashed is not None
    }
    return found | ({"people"} if found else set()) | ({"site-admins"} if event.status else set())


def _change(before: Any, now: Any) -> Change[Any] | None:
    return None if before == now else Change(before=before, after=now)
