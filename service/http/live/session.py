"""Somebody who stays: signed in anew for whatever they ask, and before whatever they are told.

What the token says is checked when it comes, and now and then; while the identity provider cannot
be reached it goes on to be believed, until the token ends. What the directory says of its bearer
counts at once, each time, whether or not the provider is there.
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
"""Seconds at most between two looks whether a bearer is still who they were, though nothing was
asked or told and the directory did not change: the token's key may be withdrawn."""
TRY_AGAIN = 1.0
"""Seconds from a look that failed to the next."""


class DirectoryVersions(Protocol):
    """Which state of the directory the read model holds (projections/audit)."""

    async def current(self) -> int:
        """Greater after each change."""
        ...

    async def wait_past(self, version: int) -> None:
        """Returns once it has changed since."""
        ...


class LiveSession:
    """One bearer of one token, with the roles that they began with. `principal` is who that was at
    the last look.
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
        """Signs in. NotSignedIn, or IdentityProviderUnavailable, when that cannot be."""
        sign_in: Admitted = state.sign_in
        directory: DirectoryVersions = state.site.live.directory_version
        version = await directory.current()
        claimed = await sign_in.check(token)
        bearer = await sign_in.admit(claimed)
        return cls(sign_in, directory, token, claimed, bearer.principal, version)

    async def again(self) -> None:
        """Signs in anew, before anything is done for them. NotSignedIn when that is over: the token
        ended, they are not let in any more, or as something else. QueryError UNAVAILABLE when the
        database does not answer.
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
        """The same, before something is told to them: costs nothing while the directory is as it
        was.
        """
        try:
            version = await self._directory.current()
        except (psycopg.Error, ReadModelBehind) as lost:
            raise _unavailable() from lost
        if version != self._version or self._left <= 0:
            await self.again()

    async def wait_for_token_end(self) -> str:
        """Returns why, as soon as it does, though nothing is asked or told."""
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
        """Seconds until the token ends."""
        return (self._claimed.expires_at - datetime.now(UTC)).total_seconds()


def _unavailable() -> QueryError:
    return QueryError(QueryErrorCode.UNAVAILABLE, "The database does not answer. Try again.")
