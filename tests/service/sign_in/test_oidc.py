"""Tokens of an identity provider: what is believed, and what is not."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from domain.kernel.principal import ActorKind, Role
from service.sign_in import IdentityProviderUnavailable, NotSignedIn
from service.sign_in.key_ring import SHORTEST_INTERVAL, KeyRing
from service.sign_in.oidc import ClaimNames, OidcSignIn
from service.sign_in.tokens import LEEWAY, LONGEST_TOKEN
from tests.service.sign_in.issuer import AUDIENCE, NOW, Issuer, running_issuer

NAMES = ClaimNames(audience=AUDIENCE, user="preferred_username", roles="roles")


@dataclass
class Watch:
    """A monotonic clock that stands still unless it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """A provider of the test's own."""
    with running_issuer() as issuer:
        yield issuer


@pytest.fixture
def watch() -> Watch:
    """The clock that fetches are limited by."""
    return Watch()


@pytest.fixture
def sign_in(issuer: Issuer, watch: Watch) -> OidcSignIn:
    """The service's side."""
    return OidcSignIn(issuer.url, NAMES, b"key", KeyRing(issuer.url, watch))


def part(content: dict[str, Any]) -> str:
    """One part of a token, by hand."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


async def test_a_good_token_signs_in(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """With an opaque id that is the same each time, the token's roles, and a name for people."""
    first, second = await sign_in(issuer.token()), await sign_in(issuer.token(iat=NOW - 1))
    assert first.principal == second.principal
    assert first.principal.roles == {Role.SITE_ADMIN}
    assert first.principal.kind is ActorKind.USER
    assert first.principal.display_name == "Ada Admin"
    assert first.principal.id.startswith("person_")
    assert "248289761001" not in first.principal.id
    assert first.expires_at.timestamp() == NOW + 3600


@pytest.mark.parametrize("kind", ["RSA", "EC", "OKP"])
async def test_any_asymmetric_key_will_do(issuer: Issuer, sign_in: OidcSignIn, kind: str) -> None:
    """RSA, elliptic curves, Edwards curves."""
    issuer.rotate(kind)
    assert (await sign_in(issuer.token())).principal.roles == {Role.SITE_ADMIN}


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another-service"},
        {"aud": ["another-service"]},
        {"aud": None},
        {"exp": NOW - LEEWAY - 60},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": 10**30},
        {"nbf": NOW + 3600},
        {"sub": None},
        {"sub": ""},
    ],
)
async def test_a_claim_that_is_not_as_it_must_be(
    issuer: Issuer, sign_in: OidcSignIn, claims: dict[str, Any]
) -> None:
    """Another issuer's or service's token, one out of its time, one that names nobody."""
    with pytest.raises(NotSignedIn):
        await sign_in(issuer.token(**claims))


async def test_clocks_may_differ_a_little(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """By less than the leeway; and an audience may stand in a list."""
    await sign_in(issuer.token(nbf=NOW + LEEWAY - 10, aud=["other", AUDIENCE]))


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "logout+jwt"},
        {"typ": 7},
        {"crit": ["exp"]},
        {"kid": "unknown"},
    ],
)
async def test_a_header_that_is_not_as_it_must_be(
    issuer: Issuer, sign_in: OidcSignIn, header: dict[str, Any]
) -> None:
    """Another type of token, one that asks for extensions, one of an unknown key."""
    good = issuer.token()
    forged = part(json.loads(base64.urlsafe_b64decode(good.split(".")[0] + "==")) | header)
    with pytest.raises(NotSignedIn):
        await sign_in(".".join([forged, *good.split(".")[1:]]))


@pytest.mark.parametrize("kind", ["at+jwt", "application/at+jwt", "jwt", None])
async def test_access_tokens_of_every_spelling(
    issuer: Issuer, sign_in: OidcSignIn, kind: str | None
) -> None:
    """RFC 9068 access tokens, plain ones, and those that do not say."""
    await sign_in(issuer.token({"typ": kind}))


async def test_the_public_key_is_no_password(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """Algorithm confusion, as in PyJWT before 2.4 and Authlib before 1.3.1 (CVE-2022-29217,
    CVE-2024-37568): an HS256 token keyed with the provider's public key in PEM or DER."""
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": "x", "exp": NOW + 60}
    assert isinstance(issuer.keys[0], RSAKey)
    for secret in (issuer.keys[0].as_pem(private=False), issuer.keys[0].as_der(private=False)):
        key = OctKey.import_key(base64.urlsafe_b64encode(secret))
        forged = jwt.encode({"alg": "HS256", "kid": issuer.keys[0].kid}, claims, key)
        with pytest.raises(NotSignedIn, match="algorithm"):
            await sign_in(forged)


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None])
async def test_no_signature_is_no_signature(
    issuer: Issuer, sign_in: OidcSignIn, algorithm: str | None
) -> None:
    """`alg: none` in any spelling."""
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": "x", "exp": NOW + 60}
    with pytest.raises(NotSignedIn):
        await sign_in(f"{part({'alg': algorithm})}.{part(claims)}.")


async def test_a_key_that_the_token_brings_is_not_looked_at(
    issuer: Issuer, sign_in: OidcSignIn
) -> None:
    """Header injection, as in Authlib before 1.6.9: jwk, jku and x5u of the forger's."""
    forger = RSAKey.generate_key(2048)
    claims = {"iss": issuer.url, "aud": AUDIENCE, "sub": "x", "exp": NOW + 60}
    for brought in (
        {"jwk": forger.as_dict(private=False)},
        {"jku": "http://127.0.0.1:9/keys"},
        {"x5u": "http://127.0.0.1:9/cert"},
    ):
        head = part({"alg": "RS256", "kid": issuer.keys[0].kid} | brought)
        signed = jwt.encode({"alg": "RS256"}, claims, forger).split(".")
        with pytest.raises(NotSignedIn):
            await sign_in(".".join([head, *signed[1:]]))


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b", "a.b.c", "....", "é.é.é", "[]", "e30.e30.e30", "A" * LONGEST_TOKEN * 2],
)
async def test_garbage_is_no_token(sign_in: OidcSignIn, token: str) -> None:
    """However it is garbled; and one that is too long is not even read."""
    with pytest.raises(NotSignedIn):
        await sign_in(token)


async def test_a_changed_signature_is_noticed(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """In its first character already."""
    head, body, signature = issuer.token().split(".")
    changed = ("A" if signature[0] != "A" else "B") + signature[1:]
    with pytest.raises(NotSignedIn, match="signature"):
        await sign_in(f"{head}.{body}.{changed}")


async def test_a_rotated_key_is_picked_up(
    issuer: Issuer, sign_in: OidcSignIn, watch: Watch
) -> None:
    """An unknown key leads to one fetch, not before its time; the old one's tokens are over."""
    old = issuer.token()
    await sign_in(old)
    issuer.rotate("RSA")
    with pytest.raises(NotSignedIn, match="not known"):
        await sign_in(issuer.token())
    assert issuer.fetches == 1
    watch.now += SHORTEST_INTERVAL
    await sign_in(issuer.token())
    assert issuer.fetches == 2
    with pytest.raises(NotSignedIn):
        await sign_in(old)


async def test_a_flood_of_unknown_keys_is_one_fetch(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """All who wait share it."""
    tokens = [issuer.token({"kid": f"unknown-{number}"}) for number in range(20)]
    results = await asyncio.gather(*map(sign_in, tokens), return_exceptions=True)
    assert all(isinstance(result, NotSignedIn) for result in results)
    assert issuer.fetches == 1


async def test_without_an_identity_provider_nobody_can_tell(
    issuer: Issuer, sign_in: OidcSignIn, watch: Watch
) -> None:
    """503, not 401: the token may be good. Keys that are known stay so while it is away."""
    issuer.answers = False
    with pytest.raises(IdentityProviderUnavailable):
        await sign_in(issuer.token())
    issuer.answers = True
    await sign_in(issuer.token())
    issuer.answers = False
    watch.now += SHORTEST_INTERVAL * 10
    await sign_in(issuer.token())


async def test_discovery_of_another_issuer_is_refused(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """Its keys are not this issuer's."""
    issuer.claimed = "https://elsewhere.example"
    with pytest.raises(IdentityProviderUnavailable):
        await sign_in(issuer.token())


def test_an_identity_provider_is_asked_over_https_only() -> None:
    """Loopback aside."""
    with pytest.raises(ValueError, match="https"):
        KeyRing("http://identity.example")


@pytest.mark.parametrize(
    ("path", "claims", "roles"),
    [
        ("roles", {"roles": ["auditor", "site-admin", "king"]}, {Role.AUDITOR, Role.SITE_ADMIN}),
        ("roles", {"roles": "auditor learner"}, {Role.AUDITOR, Role.LEARNER}),
        ("roles", {"roles": {"auditor": True}}, set()),
        ("roles", {"roles": None}, set()),
        ("realm_access.roles", {"realm_access": {"roles": ["learner"]}}, {Role.LEARNER}),
        ("https://a.b/roles", {"https://a.b/roles": ["learner"]}, {Role.LEARNER}),
    ],
)
async def test_roles_come_from_the_claim_that_is_named(
    issuer: Issuer, path: str, claims: dict[str, Any], roles: set[Role]
) -> None:
    """As a list or words, at the top or within; what is no role of ours is passed over."""
    names = ClaimNames(audience=AUDIENCE, user="preferred_username", roles=path)
    sign_in = OidcSignIn(issuer.url, names, b"key", KeyRing(issuer.url))
    assert (await sign_in(issuer.token(**claims))).principal.roles == roles


async def test_the_first_admin_is_one_whatever_the_token_says(issuer: Issuer) -> None:
    """SEGMENTS_SITE_ADMIN, in any case."""
    names = ClaimNames(AUDIENCE, "preferred_username", "roles", site_admin="ADA")
    sign_in = OidcSignIn(issuer.url, names, b"key", KeyRing(issuer.url))
    ada = await sign_in(issuer.token(roles=["learner"]))
    assert ada.principal.roles == {Role.SITE_ADMIN, Role.LEARNER}
    bob = await sign_in(issuer.token(roles=["learner"], preferred_username="bob"))
    assert bob.principal.roles == {Role.LEARNER}


async def test_whoever_acts_for_another_is_the_actor(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """RFC 8693's `act`: the service that holds the token, on behalf of its subject."""
    direct = await sign_in(issuer.token())
    delegated = await sign_in(issuer.token(act={"sub": "nightly-sync"}))
    assert delegated.principal.on_behalf_of == direct.principal.id
    assert delegated.principal.id != direct.principal.id
    assert delegated.principal.kind is ActorKind.SERVICE
