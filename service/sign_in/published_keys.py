"""The keys that an identity provider publishes now: discovery, then its JSON Web Key Set."""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import json
import ssl
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.jwk import JWKRegistry, Key, RSAKey

from service.sign_in.broken import BROKEN
from service.sign_in.errors import IdentityProviderUnavailable

LONGEST_WAIT = 5.0
"""Seconds for discovery and keys together, however slowly they arrive."""
LARGEST_ANSWER = 512 * 1024
"""Bytes."""
SHORTEST_RSA = 2048
"""Bits (RFC 7518, 3.3)."""

_ASYMMETRIC = ("RSA", "EC", "OKP")


async def published_keys(issuer: str) -> list[Key]:
    """The issuer's keys that can check signatures. IdentityProviderUnavailable without an answer.

    Nothing is asked by plain http, unless the issuer itself is on this machine.
    """
    try:
        # The environment's proxy and authorities count, but not on the way to this machine.
        trusted = not is_on_loopback(issuer)
        authorities = await asyncio.to_thread(_authorities, trusted)
        async with asyncio.timeout(LONGEST_WAIT), _client(authorities, trusted) as client:
            place = issuer.rstrip("/") + "/.well-known/openid-configuration"
            discovered = await _json(client, place)
            if discovered["issuer"] != issuer:
                raise ValueError("the discovery document is another issuer's")
            refuse_plain_http(discovered["jwks_uri"], is_on_loopback(issuer))
            published = await _json(client, discovered["jwks_uri"])
        return [key for jwk in published["keys"] if (key := _imported(jwk)) is not None]
    except (OSError, httpx2.HTTPError, httpx2.InvalidURL, *BROKEN) as failure:
        raise IdentityProviderUnavailable(f"{type(failure).__name__}: {failure}") from failure


def refuse_plain_http(url: str, loopback_may: bool) -> None:
    """ValueError for an address that is not https (nor, where that may be, on loopback)."""
    scheme = urlsplit(url).scheme
    if scheme != "https" and not (scheme == "http" and loopback_may and is_on_loopback(url)):
        raise ValueError("an identity provider is asked over https only (loopback aside)")


def is_on_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@functools.cache
def _authorities(trust_env: bool) -> ssl.SSLContext:
    """Whose certificates are believed. Reading them takes 50 ms: once, and not in the loop."""
    return httpx2.create_ssl_context(trust_env=trust_env)


def _client(authorities: ssl.SSLContext, trust_env: bool) -> httpx2.AsyncClient:
    """Nothing compressed is asked for: what is small on the way can be huge in memory."""
    return httpx2.AsyncClient(
        timeout=LONGEST_WAIT,
        verify=authorities,
        trust_env=trust_env,
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
    )


async def _json(client: httpx2.AsyncClient, place: str) -> dict[str, Any]:
    """A JSON document. Redirections are failures: the next place may be any."""
    async with client.stream("GET", place) as response:
        response.raise_for_status()
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise ValueError("the answer is too large")
    answer: dict[str, Any] = json.loads(body)
    return answer


def _imported(jwk: dict[str, Any]) -> Key | None:
    """None for a key to pass over (RFC 7517, 5): of an unknown kind, broken, or for something else.

    A symmetric key is never one: the tokens' algorithms are all asymmetric.
    """
    try:
        if jwk["kty"] not in _ASYMMETRIC or jwk.get("use", "sig") != "sig":
            return None
        key = JWKRegistry.import_key(jwk)
    except BROKEN:
        return None
    is_short = isinstance(key, RSAKey) and key.raw_value.key_size < SHORTEST_RSA
    return None if is_short else key
