"""Whoever the directory knows acts as who they are there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from strawberry.dataloader import DataLoader

from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey, lookup_key
from domain.people.values import UserStatus
from projections.engine.promise import operation, promise
from projections.people.views import UserView
from projections.sql.database import for_all
from service.sign_in.errors import NotSignedIn
from service.sign_in.session import SignedIn

MAX_REMEMBERED = 10_000
BATCH_SIZE = 1_000
"""People that are looked up in one query: when the directory changes, all who follow something are
looked up in the same moment."""

_TOLD = {
    UserStatus.SUSPENDED: "the user is suspended",
    UserStatus.ERASED: "the user was erased",
    UserStatus.REMOVED: "the user was removed",
}

KEYS = (UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE)

Name = tuple[UserKey, str]
"""What a token calls its subject, and which key of the directory's that is; or its hash."""


class KnownPeople(Protocol):
    """Finds who holds each of some hashes: somebody on the site, else somebody who was."""

    async def by_hash(self, by: UserKey, hashes: Sequence[str]) -> Sequence[UserView | None]: ...


@dataclass(frozen=True, slots=True)
class _Known:
    """Who holds a name; None for nobody. Good for one version of the directory."""

    version: int
    user: UserView | None


class DirectoryRoles:
    """An Admission: roles are the union of token and directory; who left or is suspended is not
    let in; whom the directory does not know stays who the token says.

    What was found is remembered while `version`, of the directory, stays the same.
    """

    def __init__(
        self, people: KnownPeople, hashes: IdentifierHasher, version: Callable[[], Awaitable[int]]
    ) -> None:
        self._people = people
        self._hashes = hashes
        self._version = version
        self._found: DataLoader[Name, UserView | None] = DataLoader(
            load_fn=self._load, max_batch_size=BATCH_SIZE, cache=False
        )
        self._known: OrderedDict[Name, _Known] = OrderedDict()
        self._newest = 0

    async def __call__(self, bearer: SignedIn) -> SignedIn:
        """See Admission."""
        if bearer.name is None:
            return bearer
        user = (await self._remembered((bearer.named_by, bearer.name))).user
        if user is None:
            return self._outsider(bearer, bearer.name)
        if user.status is not UserStatus.ACTIVE:
            raise NotSignedIn(_TOLD[user.status])
        return _insider(bearer, user)

    async def _remembered(self, name: Name) -> _Known:
        version = await self._version()
        self._forget_what_never_was(version)
        known = self._known.get(name)
        if known is not None and known.version == version:
            return known
        hashed = self._hash(*name)
        user = None if hashed is None else await self._found.load((name[0], hashed))
        known = _Known(version, user)
        self._known[name] = known
        if len(self._known) > MAX_REMEMBERED:
            self._known.popitem(last=False)
        return known

    def _forget_what_never_was(self, version: int) -> None:
        """A directory that went back may come to the same version another way."""
        if version < self._newest:
            self._known.clear()
        self._newest = version

    async def _load(self, wanted: list[Name]) -> list[UserView | None]:
        """Each once, however many ask for the same."""
        found: dict[Name, UserView | None] = {}
        with operation(), for_all():
            promise(await self._version())  # as of which it is remembered
            for key in dict.fromkeys(by for by, _ in wanted):
                hashes = list(dict.fromkeys(hashed for by, hashed in wanted if by is key))
                users = await self._people.by_hash(key, hashes)
                found |= {(key, hashed): user for hashed, user in zip(hashes, users, strict=True)}
        return [found[name] for name in wanted]

    def _outsider(self, bearer: SignedIn, name: str) -> SignedIn:
        """With hashes of all that the name may be: by them it goes when who holds it is erased.
        Whoever acts for somebody is not called what the token calls that one.
        """
        if bearer.principal.on_behalf_of is not None:
            return bearer
        hashes = (self._hash(by, name) for by in KEYS)
        identifiers = tuple(hashed for hashed in hashes if hashed is not None)
        return replace(bearer, principal=replace(bearer.principal, identifiers=identifiers))

    def _hash(self, by: UserKey, name: str) -> str | None:
        key = lookup_key(by, name)
        return None if key is None else self._hashes.of_key(by, key)


def _insider(bearer: SignedIn, user: UserView) -> SignedIn:
    """Who acts for somebody stays who they are, with the roles that the token gives."""
    principal = bearer.principal
    if principal.on_behalf_of is not None:
        return replace(bearer, principal=replace(principal, on_behalf_of=user.id))
    known = replace(
        principal,
        id=user.id,
        roles=principal.roles | user.roles,
        display_name=user.display_name,
    )
    return replace(bearer, principal=known)
