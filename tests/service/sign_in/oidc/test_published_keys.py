"""Asking a provider for its keys: whatever it answers, the answer here is keys or one error."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey
from starlette.responses import JSONResponse, RedirectResponse, Response

from service.sign_in import IdentityProviderUnavailable
from service.sign_in.oidc import provider
from service.sign_in.oidc.key_ring import KeyRing
from service.sign_in.oidc.provider import MAX_ANSWER_BYTES
from service.sign_in.oidc.published_keys import published_keys as ask
from tests.service.sign_in.issuer import DISCOVERY, KEYS, Issuer, Provider, encoded

ECKEY = ECKey.generate_key("P-256", private=False).as_dict()


async def test_keys_that_cannot_be_used_are_passed_over(issuer: Issuer) -> None:
    """Unknown kinds, broken ones, those for encryption, short or symmetric ones (RFC 7517, 5)."""
    issuer.key_set = keys_and(  # type: ignore[method-assign]
        issuer,
        {"kty": "AKP", "kid": "post-quantum", "pub": "AAAA"},
        {"kty": "RSA", "kid": "broken", "n": "!!", "e": "AQAB"},
        {"kty": "RSA", "kid": "no modulus", "e": "AQAB"},
        {"kty": "RSA", "kid": "even", "n": encoded(b"\x02" * 256), "e": encoded(b"\x02")},
        {"kty": "RSA", "kid": "short", "n": encoded(b"\xff" * 255), "e": "AQAB"},
        {"kty": "EC", "kid": "off the curve", "crv": "P-256", "x": "AQ", "y": "AQ"},
        {"kty": "EC", "kid": "no curve", "crv": "P-1", "x": "AQ", "y": "AQ"},
        {"kty": ["EC"], "kid": "a list"},
        {"kid": "no kind"},
        {**ECKEY, "kid": "to encrypt", "use": "enc"},
        {**ECKEY, "kid": 7},
        OctKey.generate_key(256).as_dict(),
        7,
        None,
    )
    assert [key.kid for key in await ask(issuer.url)] == [issuer.keys[0].kid]


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
async def test_a_short_key_is_passed_over_in_any_case(issuer: Issuer) -> None:
    """Also where the library's warning about it is no error."""
    short = {"kty": "RSA", "kid": "short", "n": encoded(b"\xff" * 255), "e": "AQAB"}
    issuer.key_set = keys_and(issuer, short)  # type: ignore[method-assign]
    assert [key.kid for key in await ask(issuer.url)] == [issuer.keys[0].kid]


async def test_a_provider_may_publish_no_key_at_all(issuer: Issuer) -> None:
    """That is an answer: nothing is signed by it any more."""
    issuer.keys = []
    assert await ask(issuer.url) == []


@pytest.mark.parametrize("place", [DISCOVERY, KEYS])
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Response(status_code=500), id="500"),
        pytest.param(Response(status_code=404), id="404"),
        pytest.param(Response(b""), id="empty"),
        pytest.param(Response(b"<html>"), id="HTML"),
        pytest.param(Response(b"\xff\xfe"), id="not UTF-8"),
        pytest.param(Response(b"[" * 100_000), id="nested too deep"),
        pytest.param(Response(b"7"), id="number"),
        pytest.param(Response(b"null"), id="null"),
        pytest.param(Response(b"[]"), id="list"),
        pytest.param(Response(b"{}"), id="empty object"),
        pytest.param(JSONResponse({"issuer": 7, "keys": 7, "jwks_uri": 7}), id="numbers within"),
        pytest.param(JSONResponse({"keys": None}), id="keys null"),
        pytest.param(RedirectResponse("/realm-0/keys"), id="redirection"),
    ],
)
async def test_an_answer_that_is_none(issuer: Issuer, place: str, answer: Response) -> None:
    """Errors, other pages, JSON of another shape, redirections: the provider is unavailable."""
    issuer.instead[place] = answer
    with pytest.raises(IdentityProviderUnavailable):
        await ask(issuer.url)


@pytest.mark.parametrize(
    "place",
    [7, None, "", "keys", "https://[", "https://a:port/", "https://a\nb", "https:///keys"],
    ids=[
        "number",
        "null",
        "empty",
        "relative",
        "bracket",
        "port in letters",
        "line feed",
        "no host",
    ],
)
async def test_keys_are_fetched_from_a_good_address_only(issuer: Issuer, place: object) -> None:
    """Whatever the discovery document says."""
    issuer.instead[DISCOVERY] = JSONResponse({"issuer": issuer.url, "jwks_uri": place})
    with pytest.raises(IdentityProviderUnavailable):
        await ask(issuer.url)


@pytest.mark.parametrize("place", ["http://keys.example", "file:///etc/passwd", "//127.0.0.1/keys"])
async def test_keys_are_fetched_over_https_only(issuer: Issuer, place: str) -> None:
    """Loopback aside, when the issuer is there too."""
    issuer.instead[DISCOVERY] = JSONResponse({"issuer": issuer.url, "jwks_uri": place})
    with pytest.raises(IdentityProviderUnavailable, match="https only"):
        await ask(issuer.url)


def test_an_issuer_elsewhere_cannot_send_us_to_ourselves() -> None:
    """Its keys are not on this machine."""
    provider.refuse_plain_http("http://127.0.0.1/keys", loopback_may=True)
    with pytest.raises(ValueError, match="https only"):
        provider.refuse_plain_http("http://127.0.0.1/keys", loopback_may=False)


async def test_discovery_of_another_issuer_is_refused(issuer: Issuer, provider: Provider) -> None:
    """Its keys are not this issuer's."""
    other = provider.new_issuer()
    said = {"issuer": other.url, "jwks_uri": f"{other.url}/{KEYS}"}
    issuer.instead[DISCOVERY] = JSONResponse(said)
    with pytest.raises(IdentityProviderUnavailable, match="another issuer"):
        await ask(issuer.url)
    assert other.asked == []


async def test_a_flood_is_cut_off(issuer: Issuer) -> None:
    """At half a mebibyte; and what is compressed, though nobody asked for that, stays so."""
    flood = b" " * MAX_ANSWER_BYTES + b"{}"
    issuer.instead[DISCOVERY] = Response(flood)
    with pytest.raises(IdentityProviderUnavailable, match="too large"):
        await ask(issuer.url)
    issuer.instead[DISCOVERY] = Response(gzip.compress(flood), headers={"Content-Encoding": "gzip"})
    with pytest.raises(IdentityProviderUnavailable, match="UnicodeDecodeError"):
        await ask(issuer.url)


async def test_a_trickle_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is for the whole answer, not for each byte of it."""
    monkeypatch.setattr(provider, "WAIT_TIMEOUT_S", 0.3)
    is_over, has_ended = asyncio.Event(), asyncio.Event()

    async def trickle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        while not is_over.is_set():
            writer.write(b" ")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(is_over.wait(), 0.05)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        has_ended.set()

    async with await asyncio.start_server(trickle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(IdentityProviderUnavailable, match="Timeout"):
            await asyncio.wait_for(ask(f"http://127.0.0.1:{port}"), 10)
        is_over.set()
        await asyncio.wait_for(has_ended.wait(), 10)


async def test_nobody_there(unused_tcp_port: int) -> None:
    """Nor anything to say but that."""
    with pytest.raises(IdentityProviderUnavailable, match="ConnectError"):
        await ask(f"http://127.0.0.1:{unused_tcp_port}")


@pytest.mark.parametrize(
    "url",
    [
        "http://identity.example",
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://127.0.0.1@identity.example",
        "ftp://identity.example",
        "ftp://localhost",
        "identity.example",
    ],
)
def test_an_identity_provider_is_asked_over_https_only(url: str) -> None:
    """Loopback aside, and what only looks like it is not."""
    with pytest.raises(ValueError, match="https"):
        KeyRing(url)


@pytest.mark.parametrize(
    "url", ["https://identity.example", "http://localhost:1", "http://127.0.0.2", "http://[::1]:1"]
)
def test_https_or_loopback_will_do(url: str) -> None:
    """An issuer on this machine is for trying things out."""
    KeyRing(url)


def keys_and(issuer: Issuer, *others: Any) -> Any:
    """The issuer's set with others before its own."""
    own = issuer.key_set()["keys"]
    return lambda: {"keys": [*others, *own]}
