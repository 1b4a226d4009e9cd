"""Authorization: whether, and with which roles, the bearer of a valid token may sign in."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from domain.kernel.principal import Role
from service.sign_in.session import SignedIn, SignIn


class Admission(Protocol):
    """Decides on the bearer of a valid token: their roles, or NotSignedIn."""

    async def __call__(self, bearer: SignedIn) -> SignedIn: ...


class FirstAdmin:
    """SEGMENTS_SITE_ADMIN: a bearer whom the token calls so, in any case of letters, is a site
    admin.
    """

    def __init__(self, name: str | None) -> None:
        self._name = name.casefold() if name else None

    async def __call__(self, bearer: SignedIn) -> SignedIn:
        """See Admission. Everybody else keeps their roles."""
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
    """A SignIn followed by an admission, which is asked every time, for cached tokens too.

    `check` returns the token's own claims, `admit` what becomes of them.
    """

    def __init__(self, check: SignIn, admit: Admission) -> None:
        self.check = check
        self.admit = admit

    async def __call__(self, token: str) -> SignedIn:
        """See SignIn."""
        return await self.admit(await self.check(token))
