"""What a token must stand up to, whoever's keys it is checked with."""

from __future__ import annotations

from typing import Any

import pytest

from service.sign_in import NotSignedIn
from service.sign_in.oidc.algorithms import MAX_TOKEN_LENGTH
from service.sign_in.oidc.login import OidcSignIn
from tests.service.sign_in.issuer import AUDIENCE, NOW, Issuer, encoded, signed


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        pytest.param({"iss": "https://elsewhere.example"}, "another issuer", id="another issuer"),
        pytest.param({"iss": ["https://elsewhere.example"]}, "another issuer", id="issuer a list"),
        pytest.param({"iss": None}, "lacks", id="no issuer"),
        pytest.param({"aud": "another-service"}, "another audience", id="another audience"),
        pytest.param(
            {"aud": ["another-service"]}, "another audience", id="another audience in a list"
        ),
        pytest.param({"aud": AUDIENCE.upper()}, "another audience", id="audience in capitals"),
        pytest.param({"aud": f"{AUDIENCE}-too"}, "another audience", id="longer audience"),
        pytest.param({"aud": []}, "another audience", id="audience list empty"),
        pytest.param({"aud": {AUDIENCE: True}}, "another audience", id="audience an object"),
        pytest.param({"aud": [AUDIENCE, 7]}, "another audience", id="audience list with a number"),
        pytest.param({"aud": None}, "lacks", id="no audience"),
        pytest.param({"exp": NOW - 30}, "expired", id="expired"),
        pytest.param({"exp": True}, "not valid", id="expiry a boolean"),
        pytest.param({"exp": "tomorrow"}, "not valid", id="expiry in words"),
        pytest.param({"exp": str(NOW + 60)}, "not valid", id="expiry a text"),
        pytest.param({"exp": float("nan")}, "not valid", id="expiry NaN"),
        pytest.param({"exp": float("inf")}, "not valid", id="expiry infinite"),
        pytest.param({"exp": 10**30}, "not a valid time", id="expiry beyond the calendar"),
        pytest.param({"exp": 10**400}, "not a valid time", id="expiry beyond floats"),
        pytest.param({"exp": None}, "lacks", id="no expiry"),
        pytest.param({"nbf": NOW + 31}, "not valid yet", id="not valid yet"),
        pytest.param({"nbf": "yesterday"}, "not valid", id="start in words"),
        pytest.param({"iat": NOW + 31}, "in the future", id="issued in the future"),
        pytest.param({"sub": ""}, "not valid", id="subject empty"),
        pytest.param({"sub": 7}, "not valid", id="subject a number"),
        pytest.param({"sub": None}, "lacks", id="no subject"),
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
        pytest.param({"exp": NOW - 29}, id="expired within 30 s"),
        pytest.param({"nbf": NOW + 30}, id="valid within 30 s"),
        pytest.param({"iat": NOW + 30}, id="issued within 30 s"),
        pytest.param({"iat": None}, id="no time of issue"),
        pytest.param({"exp": NOW + 60.5}, id="fraction of a second"),
        pytest.param({"aud": ["other", AUDIENCE]}, id="audience of many"),
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
        pytest.param({"typ": "logout+jwt"}, "another type", id="another type"),
        pytest.param({"typ": ""}, "another type", id="type empty"),
        pytest.param({"typ": 7}, "cannot be read", id="type a number"),
        pytest.param({"kid": "unknown"}, "not known", id="unknown key"),
        pytest.param({"kid": 7}, "cannot be read", id="key a number"),
        pytest.param({"kid": ["unknown"]}, "cannot be read", id="key a list"),
        pytest.param({"alg": ["ES256"]}, "algorithm", id="algorithm a list"),
        pytest.param({"alg": "ES384"}, "not valid", id="algorithm of another curve"),
        pytest.param({"alg": "RS256"}, "not known", id="algorithm of another key"),
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
        pytest.param({"typ": "at+jwt"}, id="access token"),
        pytest.param({"typ": "application/at+jwt"}, id="access token by its full type"),
        pytest.param({"typ": "jwt"}, id="type in small letters"),
        pytest.param({"typ": None}, id="no type"),
        pytest.param({"kid": None}, id="no key"),
        pytest.param({"pi.atm": "1", "cat": "cl_B7d4"}, id="a provider's own"),
        pytest.param({"x5c": ["A" * 3000]}, id="long"),
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
        pytest.param("\ud800.e30.e30", id="lone surrogate"),
        "[]",
        "e30.e30.e30",
        pytest.param(f"{encoded(None)}.e30.e30", id="header null"),
        pytest.param(f"{encoded(7)}.e30.e30", id="header a number"),
        pytest.param(f"{encoded('alg')}.e30.e30", id="header a text"),
        pytest.param(f"{encoded(['alg'])}.e30.e30", id="header a list"),
        pytest.param(f"{encoded({'alg': {}})}.e30.e30", id="algorithm an object"),
        pytest.param(f"{encoded(b'[' * 9000)}.e30.e30", id="header nested too deep"),
        pytest.param(f"{encoded(b'{') * 2}.e30.e30", id="header unfinished"),
    ],
)
async def test_garbage_is_no_token(settled_sign_in: OidcSignIn, token: str) -> None:
    """However it is garbled."""
    with pytest.raises(NotSignedIn):
        await settled_sign_in(token)


@pytest.mark.parametrize(
    "claims",
    [b"", b"{", b"[]", b"7", b"null", b"\xff", b"[" * 9000],
    ids=["empty", "unfinished", "list", "number", "null", "not UTF-8", "nested too deep"],
)
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
    disk_space = (MAX_TOKEN_LENGTH - len(token)) * 3 // 4
    await settled_sign_in(settled.token(padding="A" * (disk_space - 3)))
    with pytest.raises(NotSignedIn, match="too long"):
        await settled_sign_in(settled.token(padding="A" * (disk_space + 3)))


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
