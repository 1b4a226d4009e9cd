"""A site in memory, as far as it lets people in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from starlette.datastructures import State

from domain.kernel.principal import Principal
from service.http.live.connection_limits import ConnectionLimits
from service.http.live.session import LiveSession
from service.http.request_slots import RequestSlots
from service.sign_in import SignedIn
from service.sign_in.authorization import Admitted
from tests.graph.principals import AUDITOR, person


@dataclass
class Site:
    """What a provider says of tokens, and a directory of their bearers: exceptions are raised.
    `looks` counts how often the directory was asked.
    """

    bearer: Principal | Exception = AUDITOR
    provider: Exception | None = None
    database: Exception | None = None
    expires_at: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(hours=1))
    version: int = 1
    looks: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def check(self, token: str) -> SignedIn:
        if self.provider is not None:
            raise self.provider
        return SignedIn(person(name="by-the-token"), self.expires_at)

    async def admit(self, bearer: SignedIn) -> SignedIn:
        self.looks += 1
        assert bearer.principal.display_name == "By The Token"
        if isinstance(self.bearer, Exception):
            raise self.bearer
        return replace(bearer, principal=self.bearer)

    async def current(self) -> int:
        if self.database is not None:
            raise self.database
        return self.version

    async def wait_past(self, version: int) -> None:
        while self.version <= version:
            await self.changed.wait()

    def change(self, bearer: Principal | Exception = AUDITOR) -> None:
        """The directory changes: who the bearer is by now."""
        self.bearer = bearer
        self.version += 1
        self.changed.set()

    @property
    def state(self) -> dict[str, Any]:
        """Of the application."""
        return {
            "sign_in": Admitted(self.check, self.admit),
            "site": SimpleNamespace(live=SimpleNamespace(directory_version=self)),
            "connection_limits": ConnectionLimits(),
            "request_slots": RequestSlots(),
        }

    async def begin(self) -> LiveSession:
        """Signs in."""
        return await LiveSession.begin(State(self.state), "token")
