"""What a token must stand up to, whoever's keys it is checked with."""

from __future__ import annotations

from typing import Any

import pytest

from service.sign_in import NotSignedIn
from service.sign_in.algorithms import LONGEST_TOKEN
from service.sign_in.oidc import OidcSignIn
from tests.service.sign_in.issuer import AUDIENCE, NOW, Issuer, encoded, signed


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://elsewhere.example"}, "another issuer"),
        ({"iss": ["https://elsewhere.example"]}, "another issuer"),
        ({"iss": None}, "lacks"),
        ({"aud": "another-service"}, "another audience"),
        ({"aud": ["another-service"]}, "another audience"),
        ({"aud": AUDIENCE.upper()}, "another audience"),
        ({"aud": f"{AUDIENCE}-too"}, "another audience"),
        ({"aud": []}, "another audience"),
        ({"aud": {AUDIENCE: True}}, "another audience"),
        ({"aud": [AUDIENCE, 7]}, "another audience"),
        ({"aud": None}, "lacks"),
        ({"exp": NOW - 30}, "expired"),
        ({"exp": True}, "not valid"),
        ({"exp": "tomorrow"}, "not valid"),
        ({"exp": str(NOW + 60)}, "not valid"),
        ({"exp": float("nan")}, "not valid"),
        ({"exp": float("inf")}, "not valid"),
        ({"exp": 10**30}, "no time"),
        ({"exp": 10**400}, "no time"),
        ({"exp": None}, "lacks"),
        ({"nbf": NOW + 31}, "not valid yet"),
        ({"nbf": "yesterday"}, "not valid"),
        ({"iat": NOW + 31}, "in the future"),
        ({"sub": ""}, "not valid"),
        ({"sub": 7}, "not valid"),
        ({"sub": None}, "lacks"),
    ],
)
async def test_a_claim_that_is_not_as_it_must_be(
    settled: Issuer, settled_sign_in: OidcSignIn, claims: dict[str, Any], reason: str
) -> None:
    """A good signature is not enough: for whom, from whom, when and about whom count as well."""
    with pytest.raises(NotSignedIn, match=reason):
        await settled_sign_in(settled.token(**claims))


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": NOW - 29},
        {"nbf": NOW + 30},
        {"iat": NOW + 30},
        {"iat": None},
        {"exp": NOW + 60.5},
        {"aud": ["other", AUDIENCE]},
    ],
)
async def test_a_claim_that_is_good_enough(
    settled: Issuer, settled_sign_in: OidcSignIn, claims: dict[str, Any]
) -> None:
    """Clocks may differ by 30 s; times may have fractions; an audience may be one of many."""
    await settled_sign_in(settled.token(**claims))


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"typ": "logout+jwt"}, "another type"),
        ({"typ": ""}, "another type"),
        ({"typ": 7}, "cannot be read"),
        ({"kid": "unknown"}, "not known"),
        ({"kid": 7}, "cannot be read"),
        ({"kid": ["unknown"]}, "cannot be read"),
        ({"alg": ["ES256"]}, "algorithm"),
        ({"alg": "ES384"}, "not valid"),
        ({"alg": "RS256"}, "not known"),
    ],
)
async def test_a_header_that_is_not_as_it_must_be(
    settled: Issuer, settled_sign_in: OidcSignIn, header: dict[str, Any], reason: str
) -> None:
    """Though the signature holds: another type of token, of no known key, or by its wrong name."""
    with pytest.raises(NotSignedIn, match=reason):
        await settled_sign_in(settled.token(header))


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "at+jwt"},
        {"typ": "application/at+jwt"},
        {"typ": "jwt"},
        {"typ": None},
        {"kid": None},
        {"pi.atm": "1", "cat": "cl_B7d4"},
        {"x5c": ["A" * 3000]},
    ],
)
async def test_a_header_that_is_good_enough(
    settled: Issuer, settled_sign_in: OidcSignIn, header: dict[str, Any]
) -> None:
    """Access tokens (RFC 9068), and those that do not say; a provider's own and long parameters."""
    await settled_sign_in(settled.token(header))


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "a.b",
        "a.b.c",
        "....",
        "é.é.é",
        "\ud800.e30.e30",
        "[]",
        "e30.e30.e30",
        f"{encoded(None)}.e30.e30",
        f"{encoded(7)}.e30.e30",
        f"{encoded('alg')}.e30.e30",
        f"{encoded(['alg'])}.e30.e30",
        f"{encoded({'alg': {}})}.e30.e30",
        f"{encoded(b'[' * 9000)}.e30.e30",
        f"{encoded(b'{') * 2}.e30.e30",
    ],
)
async def test_garbage_is_no_token(settled_sign_in: OidcSignIn, token: str) -> None:
    """However it is garbled."""
    with pytest.raises(NotSignedIn):
        await settled_sign_in(token)


@pytest.mark.parametrize("claims", [b"", b"{", b"[]", b"7", b"null", b"\xff", b"[" * 9000])
async def test_garbage_that_is_signed_is_no_token_either(
    settled: Issuer, settled_sign_in: OidcSignIn, claims: bytes
) -> None:
    """A provider's mistake is answered as any other bad token is."""
    token = signed(settled.header(), claims, settled.keys[0], "ES256")
    with pytest.raises(NotSignedIn):
        await settled_sign_in(token)


async def test_a_token_that_is_too_long_is_not_read(
    settled: Issuer, settled_sign_in: OidcSignIn
) -> None:
    """Even a good one (as CVE-2025-61920, for Authlib)."""
    token = settled.token(padding="")
    room = (LONGEST_TOKEN - len(token)) * 3 // 4
    await settled_sign_in(settled.token(padding="A" * (room - 3)))
    with pytest.raises(NotSignedIn, match="too long"):
        await settled_sign_in(settled.token(padding="A" * (room + 3)))


async def test_a_changed_token_is_noticed(settled: Issuer, settled_sign_in: OidcSignIn) -> None:
    """In its claims, or in the first character of its signature."""
    head, body, signature = settled.token(roles=["learner"]).split(".")
    more = encoded(settled.claims(roles=["site-admin"]))
    other = ("A" if signature[0] != "A" else "B") + signature[1:]
    for changed in (f"{head}.{more}.{signature}", f"{head}.{body}.{other}", f"{head}.{body}."):
        with pytest.raises(NotSignedIn, match="signature"):
            await settled_sign_in(changed)


async def test_a_reason_holds_nothing_of_the_token(
    settled: Issuer, settled_sign_in: OidcSignIn
) -> None:
    """It goes into a header of the answer: fixed phrases, no quotes, no line breaks."""
    said = 'x"\r\nSet-Cookie: a=b'
    bad: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"alg": said}, {}),
        ({"typ": said}, {}),
        ({"kid": said}, {}),
        ({"crit": [said]}, {}),
        ({}, {"iss": said}),
        ({}, {"aud": said}),
        ({}, {"exp": said}),
        ({}, {"jti": [said]}),
    ]
    for header, claims in bad:
        with pytest.raises(NotSignedIn) as refused:
            await settled_sign_in(settled.token(header, **claims))
        assert str(refused.value).replace(" ", "").replace("'", "").isalpha()
        assert str(refused.value).isascii()
