"""Development tokens: the data directory's own."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jwk import OKPKey

from domain.kernel.principal import ActorKind, Role
from service.sign_in import NotSignedIn
from service.sign_in.development import DevelopmentSignIn, issue
from tests.service.sign_in.issuer import encoded, signed

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = OKPKey.generate_key("Ed25519")


def sign_in_at(moment: datetime) -> DevelopmentSignIn:
    """Signing in at that moment."""
    return DevelopmentSignIn(KEY, b"key", clock=lambda: moment)


def parts(token: str) -> list[dict[str, Any]]:
    """The header and the claims."""
    return [json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]


@pytest.mark.parametrize(
    ("roles", "name"),
    [
        pytest.param([Role.SITE_ADMIN], "Site Admin", id="site admin"),
        pytest.param([Role.TRAINING_MANAGER], "Training Manager", id="training manager"),
        pytest.param([Role.AUDITOR], "Auditor", id="auditor"),
        pytest.param([Role.LEARNER], "Learner", id="learner"),
        pytest.param(
            [Role.LEARNER, Role.AUDITOR, Role.LEARNER], "Auditor", id="learner and auditor"
        ),
        pytest.param(list(Role), "Site Admin", id="all"),
    ],
)
async def test_without_a_user_a_stand_in_acts(roles: list[Role], name: str) -> None:
    """One person a role, of several roles the highest's; always the same person."""
    first, again = [issue(KEY, roles, None, HOUR, NOW) for _ in range(2)]
    bearer = await sign_in_at(NOW)(first)
    assert bearer.principal.display_name == name
    assert bearer.principal.roles == set(roles)
    assert bearer.principal.kind is ActorKind.USER
    assert bearer.expires_at == NOW + HOUR
    assert bearer.name is None
    assert (await sign_in_at(NOW)(again)).principal == bearer.principal


async def test_a_user_acts_under_their_name() -> None:
    """Which the id does not hold; a user called as a stand-in is somebody else."""
    eve = await sign_in_at(NOW)(issue(KEY, [Role.AUDITOR], "eve", HOUR, NOW))
    assert eve.principal.display_name == eve.name == "eve"
    assert eve.principal.id.startswith("person_")
    assert "eve" not in eve.principal.id
    auditors = [issue(KEY, [Role.AUDITOR], user, HOUR, NOW) for user in (None, "Auditor")]
    ids = {(await sign_in_at(NOW)(token)).principal.id for token in auditors}
    assert len(ids | {eve.principal.id}) == 3


async def test_an_id_depends_on_the_identity_key() -> None:
    """Which is the database's: two sites' ids have nothing to do with each other."""
    token = issue(KEY, [Role.AUDITOR], "eve", HOUR, NOW)
    elsewhere = DevelopmentSignIn(KEY, b"another key", clock=lambda: NOW)
    ids = {(await sign_in(token)).principal.id for sign_in in (sign_in_at(NOW), elsewhere)}
    assert len(ids) == 2


def test_a_token_says_what_it_must() -> None:
    """And no two are the same."""
    first, second = [parts(issue(KEY, [Role.AUDITOR], "eve", HOUR, NOW)) for _ in range(2)]
    header, claims = first
    assert header == {"alg": "Ed25519", "typ": "JWT"}
    assert claims["iss"] == "segments-development"
    assert (claims["iat"], claims["nbf"], claims["exp"]) == (
        NOW.timestamp(),
        NOW.timestamp(),
        (NOW + HOUR).timestamp(),
    )
    assert {"aud", "sub", "roles"} <= claims.keys()
    assert claims["jti"] != second[1]["jti"]


async def test_a_token_is_good_in_its_time_only() -> None:
    """Give or take the leeway."""
    token = issue(KEY, [Role.AUDITOR], None, HOUR, NOW)
    await sign_in_at(NOW + HOUR - timedelta(seconds=1))(token)
    with pytest.raises(NotSignedIn, match="expired"):
        await sign_in_at(NOW + HOUR + timedelta(minutes=1))(token)
    with pytest.raises(NotSignedIn, match=r"not valid yet|in the future"):
        await sign_in_at(NOW - timedelta(minutes=1))(token)


async def test_another_directory_s_token_is_refused() -> None:
    """Its key is another."""
    token = issue(OKPKey.generate_key("Ed25519"), [Role.SITE_ADMIN], None, HOUR, NOW)
    with pytest.raises(NotSignedIn, match="signature"):
        await sign_in_at(NOW)(token)


async def test_a_token_that_was_tampered_with_is_refused() -> None:
    """More roles, another user, another time: the signature no longer holds."""
    token = issue(KEY, [Role.LEARNER], "eve", HOUR, NOW)
    head, _, signature = token.split(".")
    for change in ({"roles": ["site-admin"]}, {"sub": "user:ada"}, {"exp": 2**40}):
        body = encoded(parts(token)[1] | change)
        with pytest.raises(NotSignedIn, match="signature"):
            await sign_in_at(NOW)(f"{head}.{body}.{signature}")


@pytest.mark.parametrize(
    "claims",
    [{"iss": "https://id.example"}, {"aud": "other"}],
    ids=["another issuer", "another audience"],
)
async def test_the_key_s_other_signatures_are_no_tokens(claims: dict[str, str]) -> None:
    """Should it ever sign something else."""
    token = issue(KEY, [Role.LEARNER], None, HOUR, NOW)
    other = signed(parts(token)[0], parts(token)[1] | claims, KEY, "Ed25519")
    with pytest.raises(NotSignedIn, match="another"):
        await sign_in_at(NOW)(other)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "ES256", "EdDSA"])
async def test_one_algorithm_only(algorithm: str) -> None:
    """The one that the tokens are signed with."""
    head, body, signature = issue(KEY, [Role.LEARNER], None, HOUR, NOW).split(".")
    with pytest.raises(NotSignedIn, match="algorithm"):
        await sign_in_at(NOW)(f"{encoded({'alg': algorithm})}.{body}.{signature}")
    assert head != encoded({"alg": algorithm})
