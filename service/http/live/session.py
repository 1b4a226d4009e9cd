"""The session of a connection: signed in anew for each operation, and before each result.

The token is checked when it comes, and at intervals; while the identity provider cannot be reached
it stays valid, until it expires. The directory's word on its bearer counts at once, each time,
whether or not the provider can be reached.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol, Self

import psycopg
from starlette.datastructures import State

from domain.kernel.principal import Principal
from domain.kernel.read_model_behind import ReadModelBehind
from graph.support.errors import QueryError, QueryErrorCode
from service.sign_in import IdentityProviderUnavailable, NotSignedIn, SignedIn
from service.sign_in.authorization import Admitted

LOOK_AGAIN = 15.0
"""Seconds at most between two checks of the bearer's roles, though nothing was requested or sent
and the directory did not change: the token's key may be withdrawn.
"""
TRY_AGAIN = 1.0
"""Seconds between a check that failed and the next."""


class DirectoryVersions(Protocol):
    """Versions of the directory in the read model (projections/audit)."""

    async def current(self) -> int:
        """Returns the version, which is greater after each change."""
        ...

    async def wait_past(self, version: int) -> None:
        """Returns once the directory has changed since a version."""
        ...


class LiveSession:
    """The bearer of one token, with the roles at its beginning. `principal` is as of the last
    check.
    """

    def __init__(
        self,
        sign_in: Admitted,
        directory: DirectoryVersions,
        token: str,
        claimed: SignedIn,
        principal: Principal,
        version: int,
    ) -> None:
        self._sign_in = sign_in
        self._directory = directory
        self._token = token
        self._claimed = claimed
        self._version = version
        self.principal = principal

    @classmethod
    async def begin(cls, state: State, token: str) -> Self:
        """Signs in. NotSignedIn, or IdentityProviderUnavailable, when that cannot be done."""
        sign_in: Admitted = state.sign_in
        directory: DirectoryVersions = state.site.live.directory_version
        version = await directory.current()
        claimed = await sign_in.check(token)
        bearer = await sign_in.admit(claimed)
        return cls(sign_in, directory, token, claimed, bearer.principal, version)

    async def again(self) -> None:
        """Signs in anew, before an operation. NotSignedIn when the session is over: the token has
        expired, or the bearer may not sign in any more, or has other roles. QueryError UNAVAILABLE
        when the database does not answer.
        """
        if self._left <= 0:
            raise NotSignedIn("the token has expired")
        try:
            version = await self._directory.current()
            bearer = await self._sign_in.admit(self._claimed)
        except (psycopg.Error, ReadModelBehind) as lost:
            raise _unavailable() from lost
        with suppress(IdentityProviderUnavailable):
            await self._sign_in.check(self._token)
        before, now = self.principal, bearer.principal
        if (before.id, before.roles) != (now.id, now.roles):
            raise NotSignedIn("the roles have changed")
        self._version, self.principal = version, now

    async def confirm(self) -> None:
        """Signs in anew before a result is sent: costs nothing while the directory is unchanged."""
        try:
            version = await self._directory.current()
        except (psycopg.Error, ReadModelBehind) as lost:
            raise _unavailable() from lost
        if version != self._version or self._left <= 0:
            await self.again()

    async def wait_for_token_end(self) -> str:
        """Waits until the session is over and returns the reason, though nothing is requested or
        sent.
        """
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(max(self._left, 0.0), LOOK_AGAIN)):
                    await self._directory.wait_past(self._version)
            try:
                await self.again()
            except NotSignedIn as ended:
                return str(ended)
            except QueryError:
                await asyncio.sleep(TRY_AGAIN)

    @property
    def _left(self) -> float:
        """Seconds until the token expires."""
        return (self._claimed.expires_at - datetime.now(UTC)).total_seconds()


def _unavailable() -> QueryError:
    return QueryError(QueryErrorCode.UNAVAILABLE, "The database does not answer. Try again.")
