"""Somebody who stays is signed in anew: for what they ask or are told, and in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from psycopg import OperationalError

from domain.kernel.principal import Principal, Role
from domain.kernel.read_model_behind import ReadModelBehind
from graph.support.errors import QueryError
from service.http.live import session
from service.sign_in import IdentityProviderUnavailable, NotSignedIn
from tests.graph.principals import AUDITOR, person
from tests.service.http.live.admitting import Site

SUSPENDED = NotSignedIn("the user is suspended")
AWAY = IdentityProviderUnavailable("away")


@pytest.fixture
def site() -> Site:
    """Where an auditor is let in."""
    return Site()


def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits."""
    monkeypatch.setattr(session, "LOOK_AGAIN", 0.001)
    monkeypatch.setattr(session, "TRY_AGAIN", 0.001)


async def test_whoever_is_let_in_no_more_is_not_signed_in_again(site: Site) -> None:
    """By the directory, though it has said of no change; or by the token."""
    stays = await site.begin()
    site.bearer = SUSPENDED
    with pytest.raises(NotSignedIn, match="the user is suspended"):
        await stays.again()
    site.bearer, site.provider = AUDITOR, NotSignedIn("the token's key is not known")
    with pytest.raises(NotSignedIn, match="the token's key is not known"):
        await stays.again()


@pytest.mark.parametrize(
    "other",
    [
        person(Role.LEARNER, name="auditor"),
        person(Role.AUDITOR, Role.LEARNER, name="auditor"),
        person(name="auditor"),
        person(Role.AUDITOR, name="somebody"),
    ],
    ids=["other roles", "more roles", "no roles", "somebody else"],
)
async def test_whoever_is_another_begins_anew(site: Site, other: Principal) -> None:
    """With other roles, fewer or more, or as somebody else: for what is asked, and what is told."""
    stays = await site.begin()
    site.change(other)
    with pytest.raises(NotSignedIn, match="the roles have changed"):
        await stays.confirm()
    with pytest.raises(NotSignedIn, match="the roles have changed"):
        await stays.again()
    assert stays.principal == AUDITOR


async def test_what_they_are_called_by_now_counts(site: Site) -> None:
    """Whoever married goes on under the new name."""
    stays = await site.begin()
    site.change(replace(AUDITOR, display_name="Married"))
    await stays.again()
    assert stays.principal.display_name == "Married"


async def test_a_push_asks_only_when_the_directory_has_changed(site: Site) -> None:
    """Then once, whatever it was that changed."""
    stays = await site.begin()
    for _ in range(3):
        await stays.confirm()
    assert site.looks == 1
    site.change()
    for _ in range(3):
        await stays.confirm()
    assert site.looks == 2
    site.change(SUSPENDED)
    with pytest.raises(NotSignedIn, match="the user is suspended"):
        await stays.confirm()


async def test_a_token_that_has_expired_is_over(site: Site) -> None:
    """For all of them, without a look; the provider may be away."""
    site.expires_at, site.provider = datetime.now(UTC), None
    stays = await site.begin()
    site.provider = AWAY
    for over in (stays.again(), stays.confirm()):
        with pytest.raises(NotSignedIn, match="the token has expired"):
            await over
    assert await stays.wait_for_token_end() == "the token has expired"
    assert site.looks == 1


async def test_without_the_provider_the_directory_is_asked(site: Site) -> None:
    """Whoever is let in there goes on by what the token said; nobody else does."""
    stays = await site.begin()
    site.provider = AWAY
    await stays.again()
    site.change()
    await stays.confirm()
    site.change(SUSPENDED)
    with pytest.raises(NotSignedIn, match="the user is suspended"):
        await stays.confirm()
    assert await stays.wait_for_token_end() == "the user is suspended"


async def test_without_the_provider_nobody_begins(site: Site) -> None:
    """Nothing is known yet of what the token says."""
    site.provider = AWAY
    with pytest.raises(IdentityProviderUnavailable):
        await site.begin()


async def test_it_ends_when_the_directory_says_so(site: Site) -> None:
    """At once: long before anybody would have looked again."""
    stays = await site.begin()
    ends = asyncio.create_task(stays.wait_for_token_end())
    await asyncio.sleep(0)
    site.change(person(Role.LEARNER, name="auditor"))
    assert await ends == "the roles have changed"
    assert site.looks == 2


async def test_a_key_that_was_withdrawn_ends_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the directory says nothing: now and then the token is looked at again."""
    often(monkeypatch)
    stays = await site.begin()
    ends = asyncio.create_task(stays.wait_for_token_end())
    site.provider = NotSignedIn("the token's key is not known")
    assert await ends == "the token's key is not known"


@pytest.mark.parametrize(
    "lost", [OperationalError("away"), ReadModelBehind(7, 6)], ids=["away", "a replica behind"]
)
async def test_a_database_that_is_away_tells_nothing(
    site: Site, monkeypatch: pytest.MonkeyPatch, lost: Exception
) -> None:
    """What is asked or told ends; the session goes on, and is looked at as soon as that can be."""
    often(monkeypatch)
    stays = await site.begin()
    ends = asyncio.create_task(stays.wait_for_token_end())
    site.database = lost
    site.change(SUSPENDED)
    for refused in (stays.again(), stays.confirm()):
        with pytest.raises(QueryError) as unavailable:
            await refused
        assert unavailable.value.extensions == {"code": "UNAVAILABLE"}
    assert not ends.done()
    site.database = None
    assert await ends == "the user is suspended"
