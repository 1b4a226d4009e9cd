"""Who is let in, and as what, after their token has been checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from domain.kernel.principal import Role
from service.sign_in.session import SignedIn, SignIn


class Admission(Protocol):
    """Decides on the bearer of a good token: with which roles, or NotSignedIn."""

    async def __call__(self, bearer: SignedIn) -> SignedIn: ...


class FirstAdmin:
    """SEGMENTS_SITE_ADMIN: whom the token calls so, in any case of letters, is a site admin."""

    def __init__(self, name: str | None) -> None:
        self._name = name.casefold() if name else None

    async def __call__(self, bearer: SignedIn) -> SignedIn:
        """See Admission. Everybody else stays what they are."""
        if bearer.name is None or bearer.name.casefold() != self._name:
            return bearer
        roles = bearer.principal.roles | {Role.SITE_ADMIN}
        return replace(bearer, principal=replace(bearer.principal, roles=roles))


class AuthorizationChain:
    """Several admissions, one after the other."""

    def __init__(self, *admissions: Admission) -> None:
        self._admissions = admissions

    async def __call__(self, bearer: SignedIn) -> SignedIn:
        """See Admission."""
        for admission in self._admissions:
            bearer = await admission(bearer)
        return bearer


class Admitted:
    """A SignIn with an admission behind it, asked every time, for remembered tokens too.

    `check` answers with what the token says alone, `admit` with what becomes of that.
    """

    def __init__(self, check: SignIn, admit: Admission) -> None:
        self.check = check
        self.admit = admit

    async def __call__(self, token: str) -> SignedIn:
        """See SignIn."""
        return await self.admit(await self.check(token))
