"""Requests to an identity provider, with bounds on the size and the time of its answers."""

from __future__ import annotations

import asyncio
import functools
import json
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx2

from service.loopback import is_loopback_host
from service.sign_in.errors import IdentityProviderUnavailable
from service.sign_in.parse_errors import PARSE_ERRORS

WAIT_TIMEOUT_S = 5.0
"""Seconds for all requests together, however slowly the answers arrive."""
MAX_ANSWER_BYTES = 512 * 1024
"""Bytes of an answer."""

Document = Mapping[str, Any]
"""A provider's discovery document (OpenID Connect Discovery 1.0)."""


@asynccontextmanager
async def asking(issuer: str) -> AsyncIterator[httpx2.AsyncClient]:
    """Yields a client for a few requests. IdentityProviderUnavailable for whatever comes of one
    that was not answered as it should be.
    """
    try:
        # The environment's proxy and authorities count, but not on the way to this machine.
        trusted = not is_on_loopback(issuer)
        authorities = await asyncio.to_thread(_authorities, trusted)
        async with asyncio.timeout(WAIT_TIMEOUT_S), _client(authorities, trusted) as client:
            yield client
    except (OSError, httpx2.HTTPError, httpx2.InvalidURL, *PARSE_ERRORS) as failure:
        raise IdentityProviderUnavailable(f"{type(failure).__name__}: {failure}") from failure


async def discovered(client: httpx2.AsyncClient, issuer: str) -> Document:
    """Fetches the issuer's discovery document. ValueError when it is another issuer's."""
    document = await fetched(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
    if document["issuer"] != issuer:
        raise ValueError("the discovery document is another issuer's")
    return document


def address_in(document: Document, name: str) -> str:
    """Returns an address in the provider's document. ValueError for one on plain http, unless the
    issuer itself is on this machine.
    """
    refuse_plain_http(document[name], is_on_loopback(document["issuer"]))
    return str(document[name])


async def fetched(client: httpx2.AsyncClient, place: str) -> dict[str, Any]:
    """Fetches a JSON document."""
    return (await answered(client, client.build_request("GET", place)))[1]


async def answered(
    client: httpx2.AsyncClient, request: httpx2.Request, refusals: tuple[int, ...] = ()
) -> tuple[int, dict[str, Any]]:
    """Returns the status, and the JSON object that came with it; HTTPStatusError for others than
    2xx and these. Redirections are failures: the next place may be any.
    """
    response = await client.send(request, stream=True)
    try:
        if response.status_code not in refusals:
            response.raise_for_status()
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                raise ValueError("the answer is too large")
    finally:
        await response.aclose()
    answer: dict[str, Any] = json.loads(body)
    return response.status_code, answer


def refuse_plain_http(url: str, loopback_may: bool) -> None:
    """Raises ValueError for an address that is not https (nor, where that may be, on loopback)."""
    scheme = urlsplit(url).scheme
    if scheme != "https" and not (scheme == "http" and loopback_may and is_on_loopback(url)):
        raise ValueError("an identity provider is asked over https only (loopback aside)")


def is_on_loopback(url: str) -> bool:
    """Whether the address is this machine's own."""
    return is_loopback_host(urlsplit(url).hostname or "")


@functools.cache
def _authorities(trust_env: bool) -> ssl.SSLContext:
    """Loads the certificates of the trusted authorities. Reading them takes 50 ms: once, and not in
    the loop.
    """
    return httpx2.create_ssl_context(trust_env=trust_env)


def _client(authorities: ssl.SSLContext, trust_env: bool) -> httpx2.AsyncClient:
    """Makes a client that accepts nothing compressed: what is small on the way can be huge in
    memory.
    """
    return httpx2.AsyncClient(
        timeout=WAIT_TIMEOUT_S,
        verify=authorities,
        trust_env=trust_env,
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
    )
