"""Whoever the directory knows acts as who they are there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from domain.people.hashes import Hashes
from domain.people.lookup import UserKey, lookup_key
from domain.people.values import UserStatus
from projections.people.views import UserView
from service.sign_in.errors import NotSignedIn
from service.sign_in.session import SignedIn

MOST_REMEMBERED = 10_000

_TOLD = {
    UserStatus.SUSPENDED: "the user is suspended",
    UserStatus.ERASED: "the user was erased",
    UserStatus.REMOVED: "the user was removed",
}

NAMED_BY = (UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE)
"""What the subject's name in a token may be, in the order in which it is tried."""


class KnownPeople(Protocol):
    """Finds who holds one of these hashes: somebody on the site, else somebody who was."""

    async def by_hashes(
        self, username_hash: str | None, email_hash: str | None, code_hash: str | None
    ) -> UserView | None: ...


class OfTheDirectory:
    """An Admission: roles are the union of token and directory; who left or is suspended is not
    let in; whom the directory does not know stays who the token says.

    What was found is remembered until the read model moves on.
    """

    def __init__(self, people: KnownPeople, hashes: Hashes, position: Callable[[], int]) -> None:
        self._people = people
        self._hashes = hashes
        self._position = position
        self._known: OrderedDict[str, tuple[int, UserView | None]] = OrderedDict()

    async def __call__(self, bearer: SignedIn) -> SignedIn:
        """See Admission."""
        if bearer.username is None:
            return bearer
        user = await self._remembered(bearer.username)
        if user is None:
            return _outsider(bearer, self._named(bearer.username))
        if user.status is not UserStatus.ACTIVE:
            raise NotSignedIn(_TOLD[user.status])
        return _insider(bearer, user)

    async def _remembered(self, name: str) -> UserView | None:
        position = self._position()
        known = self._known.get(name)
        if known is not None and known[0] == position:
            return known[1]
        user = await self._people.by_hashes(*self._named(name))
        self._known[name] = (position, user)
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return user

    def _named(self, name: str) -> list[str | None]:
        keys = [(by, lookup_key(by, name)) for by in NAMED_BY]
        return [None if key is None else self._hashes.of_key(by, key) for by, key in keys]


def _outsider(bearer: SignedIn, named: list[str | None]) -> SignedIn:
    """Whoever acts for somebody is not called what the token calls that one."""
    if bearer.principal.on_behalf_of is not None:
        return bearer
    identifiers = tuple(hashed for hashed in named if hashed is not None)
    return replace(bearer, principal=replace(bearer.principal, identifiers=identifiers))


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
