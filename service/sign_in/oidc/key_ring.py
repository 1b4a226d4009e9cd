"""The identity provider's public keys, fetched when needed and cached while they suffice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from joserfc.jwk import Key

from service.sign_in.errors import IdentityProviderUnavailable
from service.sign_in.oidc.algorithms import key_type
from service.sign_in.oidc.provider import is_on_loopback, refuse_plain_http
from service.sign_in.oidc.published_keys import published_keys

MIN_INTERVAL_S = 30.0
"""Seconds between two fetches: a flood of unknown keys must not become a flood of fetches."""
RETRY_DELAY_S = 5.0
"""Seconds between a fetch that failed and the next."""
MAX_AGE_S = 600.0
"""Seconds after which keys are fetched again, though none is missing: one may be withdrawn."""

_logger = structlog.get_logger("sign_in")


class KeyRing:
    """Finds keys by their id; an unknown id leads to one fetch, shared by all who wait for it.

    ValueError for an issuer that would have to be asked by plain http.
    """

    def __init__(self, issuer: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        refuse_plain_http(issuer, is_on_loopback(issuer))
        self._issuer = issuer
        self._monotonic = monotonic
        self._keys: list[Key] = []
        self._fetched_at: float | None = None
        self._failure: str | None = None
        self._fetching: asyncio.Task[None] | None = None

    async def find(self, kid: str | None, algorithm: str) -> Key | None:
        """Returns the key with that id; without one, the only key that the algorithm could be used
        with.

        IdentityProviderUnavailable when it is not known, and the provider cannot be asked.
        """
        key = self._find(kid, algorithm)
        if key is not None:
            self._ask_when_older_than(MAX_AGE_S)
            return key
        if fetching := self._ask_when_older_than(MIN_INTERVAL_S):
            # A request that is given up must not take the others' fetch with it.
            await asyncio.shield(fetching)
        key = self._find(kid, algorithm)
        if key is None and self._failure is not None:
            raise IdentityProviderUnavailable(self._failure)
        return key

    def _find(self, kid: str | None, algorithm: str) -> Key | None:
        kind = key_type(algorithm)
        fitting = [k for k in self._keys if k.key_type == kind and kid in (None, k.kid)]
        return fitting[0] if len(fitting) == 1 or (fitting and kid is not None) else None

    def _ask_when_older_than(self, age: float) -> asyncio.Task[None] | None:
        """Returns the fetch under way, after starting it if the known keys are that old; else
        None.
        """
        if self._fetching is not None and not self._fetching.done():
            return self._fetching
        if self._failure is not None:
            age = RETRY_DELAY_S
        if self._fetched_at is not None and self._monotonic() - self._fetched_at < age:
            return None
        self._fetching = asyncio.create_task(self._fetch())
        return self._fetching

    async def _fetch(self) -> None:
        """Replaces the keys. When that fails, the known ones stay valid."""
        try:
            self._keys = await published_keys(self._issuer)
            self._failure = None
        except IdentityProviderUnavailable as failure:
            self._failure = str(failure)
            _logger.warning("identity provider unavailable", reason=self._failure)
        finally:
            self._fetched_at = self._monotonic()
