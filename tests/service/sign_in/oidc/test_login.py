"""Whom a provider's good token makes of its bearer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from joserfc.jwk import Key

from domain.kernel.principal import ActorKind, Role
from service.sign_in import NotSignedIn
from service.sign_in.oidc.algorithms import ASYMMETRIC, key_type
from service.sign_in.oidc.key_ring import KeyRing
from service.sign_in.oidc.login import ClaimNames, OidcSignIn
from tests.service.sign_in.issuer import AUDIENCE, NOW, Issuer, ec_key, ed_key, rsa_key, signed


async def test_a_good_token_signs_in(settled: Issuer, settled_sign_in: OidcSignIn) -> None:
    """With an opaque id that is the same each time, the token's roles, and a name for people."""
    first = await settled_sign_in(settled.token())
    second = await settled_sign_in(settled.token(iat=NOW - 1))
    assert first.principal == second.principal
    assert first.principal.roles == {Role.SITE_ADMIN}
    assert first.principal.kind is ActorKind.USER
    assert first.principal.display_name == "Ada Admin"
    assert first.principal.on_behalf_of is None
    assert first.expires_at.timestamp() == NOW + 3600
    assert first.name == "ada"


async def test_an_id_tells_nothing(settled: Issuer, settled_sign_in: OidcSignIn) -> None:
    """Nobody can tell the subject from it without the key, nor find it by trying."""
    one = (await settled_sign_in(settled.token())).principal.id
    other = (await settled_sign_in(settled.token(sub="another"))).principal.id
    ring = KeyRing(settled.url)
    keyed = OidcSignIn(ring, settled.url, AUDIENCE, ClaimNames(), b"another key")
    elsewhere = (await keyed(settled.token())).principal.id
    assert len({one, other, elsewhere}) == 3
    assert one.startswith("person_")
    assert int(one.removeprefix("person_"), 16).bit_length() <= 128
    assert "248289761001" not in one


@pytest.mark.parametrize("algorithm", [name for name in ASYMMETRIC if name[-3:] not in "384512"])
async def test_any_asymmetric_key_will_do(
    issuer: Issuer, sign_in: OidcSignIn, algorithm: str
) -> None:
    """RSA, elliptic curves, Edwards curves, these by their old and their new name."""
    makers: dict[str, Callable[[], Key]] = {"RSA": rsa_key, "EC": ec_key, "OKP": ed_key}
    key = makers[key_type(algorithm)]()
    issuer.keys = [key]
    token = signed(issuer.header(alg=algorithm), issuer.claims(), key, algorithm)
    assert (await sign_in(token)).principal.roles == {Role.SITE_ADMIN}


async def test_a_subject_may_be_any_text(settled: Issuer, settled_sign_in: OidcSignIn) -> None:
    """Even half a character, which JSON can spell and UTF-8 cannot."""
    odd = [await settled_sign_in(settled.token(sub=sub)) for sub in ("\ud800", "\ud801", "\0")]
    assert len({bearer.principal.id for bearer in odd}) == 3


@pytest.mark.parametrize(
    ("path", "claims", "roles"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["learner"]}}, {Role.LEARNER}),
        ("https://a.b/roles", {"https://a.b/roles": ["learner"]}, {Role.LEARNER}),
        ("groups", {"groups": "auditor", "roles": ["site-admin"]}, {Role.AUDITOR}),
    ],
    ids=["within a claim", "name is a URL", "not roles"],
)
async def test_roles_come_from_the_claim_that_is_named(
    settled: Issuer, path: str, claims: dict[str, Any], roles: set[Role]
) -> None:
    """And from no other."""
    names = ClaimNames(roles=path)
    sign_in = OidcSignIn(KeyRing(settled.url), settled.url, AUDIENCE, names, b"key")
    assert (await sign_in(settled.token(**claims))).principal.roles == roles


async def test_whoever_acts_for_another_is_the_actor(
    settled: Issuer, settled_sign_in: OidcSignIn
) -> None:
    """RFC 8693's `act`: the service that uses the token, on behalf of its subject."""
    direct = await settled_sign_in(settled.token())
    act = {"sub": "nightly-sync", "act": {"sub": "one-before"}}
    delegated = (await settled_sign_in(settled.token(act=act))).principal
    alone = (await settled_sign_in(settled.token(sub="nightly-sync"))).principal
    assert delegated.id == alone.id
    assert delegated.on_behalf_of == direct.principal.id
    assert delegated.kind is ActorKind.SERVICE
    assert delegated.roles == direct.principal.roles
    assert delegated.display_name == "nightly-sync"


@pytest.mark.parametrize(
    "act",
    [{}, {"client_id": "sync"}, {"sub": ""}, {"sub": 7}, [], "sync"],
    ids=["empty", "no subject", "subject empty", "subject a number", "list", "text"],
)
async def test_somebody_who_acts_must_be_named(
    settled: Issuer, settled_sign_in: OidcSignIn, act: object
) -> None:
    """Else the log would have it that the subject did it."""
    with pytest.raises(NotSignedIn, match="who acts"):
        await settled_sign_in(settled.token(act=act))
