"""The identity provider's discovery document, fetched when needed and cached for a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from service.sign_in.errors import IdentityProviderUnavailable
from service.sign_in.oidc.provider import Document, asking, discovered

MAX_AGE_S = 600.0
"""Seconds after which it is fetched again."""
RETRY_DELAY_S = 5.0
"""Seconds between a fetch that failed and the next."""


class Discovery:
    """Fetches one issuer's document. Callers at the same time wait for the same answer."""

    def __init__(self, issuer: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._issuer = issuer
        self._monotonic = monotonic
        self._asking = asyncio.Lock()
        self._document: Document | None = None
        self._failure: IdentityProviderUnavailable | None = None
        self._again_at = float("-inf")

    async def document(self) -> Document:
        """Returns the last document. IdentityProviderUnavailable when there is none."""
        async with self._asking:
            if self._monotonic() >= self._again_at:
                await self._ask()
        if self._document is None:
            raise IdentityProviderUnavailable(str(self._failure))
        return self._document

    async def _ask(self) -> None:
        """Fetches the document. When that fails, the last one stays valid."""
        try:
            async with asking(self._issuer) as client:
                self._document = await discovered(client, self._issuer)
            self._again_at = self._monotonic() + MAX_AGE_S
        except IdentityProviderUnavailable as failure:
            self._failure = failure
            self._again_at = self._monotonic() + RETRY_DELAY_S
