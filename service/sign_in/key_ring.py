"""The identity provider's public keys, fetched when needed and kept while they do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from service.sign_in.errors import IdentityProviderUnavailable

SHORTEST_INTERVAL = 30.0
"""Seconds between two fetches: a flood of unknown keys must not become a flood of fetches."""
LONGEST_ANSWER = 5.0
LARGEST_ANSWER = 512 * 1024

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class KeyRing:
    """Finds keys by their id; an unknown id leads to one fetch, shared by all who wait for it."""

    def __init__(self, issuer: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        _refuse_plain_http(issuer)
        self._issuer = issuer
        self._monotonic = monotonic
        self._keys: list[Key] = []
        self._fetched_at: float | None = None
        self._fetching = asyncio.Lock()

    async def find(self, kid: str | None) -> Key | None:
        """The key with that id; without one, the only key that there is.

        IdentityProviderUnavailable when no keys are known and none can be fetched.
        """
        key = self._find(kid)
        if key is None:
            await self._refresh(kid)
            key = self._find(kid)
        return key

    def _find(self, kid: str | None) -> Key | None:
        if kid is None:
            return self._keys[0] if len(self._keys) == 1 else None
        return next((key for key in self._keys if key.kid == kid), None)

    async def _refresh(self, kid: str | None) -> None:
        async with self._fetching:
            if self._find(kid) is not None or self._is_too_soon():
                return
            self._fetched_at = self._monotonic()
            try:
                self._keys = await self._fetch()
            except (httpx2.HTTPError, JoseError, ValueError, KeyError, TypeError) as failure:
                if not self._keys:
                    self._fetched_at = None
                    raise IdentityProviderUnavailable(type(failure).__name__) from failure

    def _is_too_soon(self) -> bool:
        at = self._fetched_at
        return at is not None and self._monotonic() - at < SHORTEST_INTERVAL

    async def _fetch(self) -> list[Key]:
        async with httpx2.AsyncClient(timeout=LONGEST_ANSWER, trust_env=False) as client:
            place = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
            discovered = await _json(client, place)
            if discovered["issuer"] != self._issuer:
                raise ValueError("the discovery document is another issuer's")
            _refuse_plain_http(discovered["jwks_uri"])
            published = await _json(client, discovered["jwks_uri"])
        return list(KeySet.import_key_set(published))


async def _json(client: httpx2.AsyncClient, place: str) -> Any:
    async with client.stream("GET", place) as response:
        response.raise_for_status()
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise ValueError("the answer is too large")
    return httpx2.Response(200, content=body).json()


def _refuse_plain_http(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise ValueError("an identity provider is asked over https only (loopback aside)")
