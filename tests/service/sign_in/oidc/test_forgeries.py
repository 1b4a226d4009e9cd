"""Forgeries that other libraries of this kind once believed. Each must stay refused."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from joserfc.jwk import Key, OctKey

from service.sign_in import NotSignedIn
from service.sign_in.oidc.login import OidcSignIn
from tests.service.sign_in.issuer import Issuer, ec_key, ed_key, encoded, rsa_key, signed


def public_spellings(key: Key) -> list[bytes]:
    """All that a provider's public key could be taken for when it is taken for a password."""
    assert not isinstance(key, OctKey)
    pem = key.as_pem(private=False)
    jwk = key.as_dict(private=False)
    return [
        pem,
        pem.strip(),
        b"\n " + pem,
        key.as_der(private=False),
        json.dumps(jwk).encode(),
        json.dumps(jwk, separators=(",", ":")).encode(),
        json.dumps({"keys": [jwk]}).encode(),
        b"",
    ]


@pytest.mark.parametrize("make", [rsa_key, ec_key, ed_key])
@pytest.mark.parametrize("digest", [256, 384, 512])
async def test_the_public_key_is_no_password(
    issuer: Issuer, sign_in: OidcSignIn, make: Any, digest: int
) -> None:
    """Algorithm confusion: HS… keyed with the public key as PEM, DER or JWK.

    As in PyJWT before 2.4 and 2.13 (CVE-2022-29217, CVE-2026-48526) and in Authlib before 1.3.1
    and later (CVE-2024-37568, CVE-2026-114615).
    """
    issuer.keys = [make()]
    await sign_in(issuer.token())
    passwords = public_spellings(issuer.keys[0])
    assert len(passwords) == 8
    for password in passwords:
        content = f"{encoded(issuer.header(alg=f'HS{digest}'))}.{encoded(issuer.claims())}"
        forged = hmac.digest(password, content.encode(), getattr(hashlib, f"sha{digest}"))
        with pytest.raises(NotSignedIn, match="algorithm"):
            await sign_in(f"{content}.{encoded(forged)}")


async def test_a_published_password_is_no_key(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """A symmetric key in a provider's set is public, so that it proves nothing."""
    password = b"0123456789abcdef0123456789abcdef"
    published = {"kty": "oct", "k": encoded(password), "kid": "shared"}
    issuer.key_set = lambda *_: {"keys": [published]}  # type: ignore[method-assign]
    content = f"{encoded(issuer.header(alg='HS256', kid='shared'))}.{encoded(issuer.claims())}"
    forged = f"{content}.{encoded(hmac.digest(password, content.encode(), 'sha256'))}"
    with pytest.raises(NotSignedIn, match="algorithm"):
        await sign_in(forged)
    with pytest.raises(NotSignedIn, match="not known"):
        await sign_in(issuer.token({"kid": "shared"}))


@pytest.mark.parametrize(
    "algorithm",
    [
        "none",
        "None",
        "NONE",
        "nOnE",
        pytest.param("", id="empty"),
        pytest.param(None, id="missing"),
    ],
)
async def test_no_signature_is_no_signature(
    settled: Issuer, settled_sign_in: OidcSignIn, algorithm: str | None
) -> None:
    """`alg: none` in any spelling, with an empty signature or another's."""
    content = f"{encoded(settled.header(alg=algorithm))}.{encoded(settled.claims())}"
    for signature in ("", settled.token().split(".")[2]):
        with pytest.raises(NotSignedIn):
            await settled_sign_in(f"{content}.{signature}")


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c"])
@pytest.mark.parametrize("kid", ["the-provider-s", "the-forger-s", None])
async def test_a_key_that_the_token_brings_is_not_looked_at(
    issuer: Issuer, sign_in: OidcSignIn, name: str, kid: str | None
) -> None:
    """Header injection, as in Authlib before 1.6.9 (CVE-2026-27962); nothing named is fetched."""
    await sign_in(issuer.token())
    forger = ec_key()
    brought: dict[str, Any] = {
        "jwk": forger.as_dict(private=False),
        "jku": f"{issuer.url}/forged-keys",
        "x5u": f"{issuer.url}/forged-keys",
        "x5c": [encoded(forger.as_der(private=False))],
    }
    kids = {"the-provider-s": issuer.keys[0].kid, "the-forger-s": forger.kid, None: None}
    header = issuer.header(**{"kid": kids[kid], name: brought[name]})
    with pytest.raises(NotSignedIn):
        await sign_in(signed(header, issuer.claims(), forger, "ES256"))
    assert "forged-keys" not in issuer.asked


async def test_a_good_token_may_name_keys_in_vain(
    settled: Issuer, settled_sign_in: OidcSignIn
) -> None:
    """Some providers send x5c or jku with every token: passed over, neither fetched nor refused."""
    await settled_sign_in(settled.token({"jku": f"{settled.url}/forged-keys", "x5c": ["AAAA"]}))
    assert "forged-keys" not in settled.asked


@pytest.mark.parametrize(
    "asked_for",
    [
        pytest.param({"crit": ["exp"], "exp": 1}, id="crit exp"),
        pytest.param({"crit": ["x-policy"], "x-policy": "require-mfa"}, id="crit x-policy"),
        pytest.param({"crit": ["b64"], "b64": False}, id="crit b64"),
        pytest.param({"crit": []}, id="crit empty"),
        pytest.param({"crit": 7}, id="crit a number"),
        pytest.param({"b64": False}, id="b64 false"),
        pytest.param({"b64": True}, id="b64 true"),
    ],
)
async def test_what_must_be_understood_is_refused(
    settled: Issuer, settled_sign_in: OidcSignIn, asked_for: dict[str, Any]
) -> None:
    """`crit`, as PyJWT before 2.12 and Authlib before 1.6.4 did not (CVE-2026-32597,
    CVE-2025-59420); unencoded payloads (RFC 7797) as well."""
    with pytest.raises(NotSignedIn):
        await settled_sign_in(settled.token(asked_for))


async def test_a_key_works_with_its_own_algorithm_only(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """A key published for PS256 signs nothing else (as PyJWT before 2.13: GHSA-jq35-7prp-9v3f)."""
    key = rsa_key()
    published = {**key.as_dict(private=False), "alg": "PS256"}
    issuer.key_set = lambda *_: {"keys": [published]}  # type: ignore[method-assign]

    def by(algorithm: str) -> str:
        header = issuer.header(alg=algorithm, kid=key.kid)
        return signed(header, issuer.claims(), key, algorithm)

    await sign_in(by("PS256"))
    with pytest.raises(NotSignedIn, match="not valid"):
        await sign_in(by("RS256"))


async def test_a_part_of_the_issuer_is_not_the_issuer(
    settled: Issuer, settled_sign_in: OidcSignIn
) -> None:
    """Compared as a whole, unlike in PyJWT 2.10.0 (CVE-2024-53861)."""
    for part in (settled.url[:-1], settled.url[7:], settled.url + "/", settled.url.upper(), "h"):
        with pytest.raises(NotSignedIn, match="another issuer"):
            await settled_sign_in(settled.token(iss=part))
