"""Signs a user whom the directory knows in as that user."""

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
"""Users that are looked up in one query: when the directory changes, all subscribers are looked up
in the same moment.
"""

_TOLD = {
    UserStatus.SUSPENDED: "the user is suspended",
    UserStatus.ERASED: "the user was erased",
    UserStatus.REMOVED: "the user was removed",
}

KEYS = (UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE)

Name = tuple[UserKey, str]
"""A token's name for its subject, and which kind of identifier that is; or its hash."""


class KnownPeople(Protocol):
    """Finds the owner of each of some hashes: a user on the site, else a former one."""

    async def by_hash(self, by: UserKey, hashes: Sequence[str]) -> Sequence[UserView | None]: ...


@dataclass(frozen=True, slots=True)
class _Known:
    """The owner of a name; None for nobody. Valid for one version of the directory."""

    version: int
    user: UserView | None


class DirectoryRoles:
    """An Admission: roles are the union of token and directory; a user who left or is suspended may
    not sign in; a subject whom the directory does not know keeps the token's identity.

    Results are cached while `version`, of the directory, stays the same.
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
        """Empties the cache when the directory went back: it may reach the same version another
        way.
        """
        if version < self._newest:
            self._known.clear()
        self._newest = version

    async def _load(self, wanted: list[Name]) -> list[UserView | None]:
        """Loads each name once, however many ask for the same."""
        found: dict[Name, UserView | None] = {}
        with operation(), for_all():
            promise(await self._version())  # as of which it is cached
            for key in dict.fromkeys(by for by, _ in wanted):
                hashes = list(dict.fromkeys(hashed for by, hashed in wanted if by is key))
                users = await self._people.by_hash(key, hashes)
                found |= {(key, hashed): user for hashed, user in zip(hashes, users, strict=True)}
        return [found[name] for name in wanted]

    def _outsider(self, bearer: SignedIn, name: str) -> SignedIn:
        """Returns a bearer whom the directory does not know, with hashes of all identifiers that
        the name may be: by them it is forgotten when their owner is erased. An actor on behalf of
        the subject does not have the subject's name.
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
    """Returns a bearer whom the directory knows. An actor on behalf of a user stays the actor, with
    the roles that the token gives.
    """
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
