"""Tokens that were checked a moment ago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.kernel.principal import ActorKind, Principal
from service.sign_in import NotSignedIn
from service.sign_in.session import SignedIn
from service.sign_in.token_cache import MAX_CACHE_AGE, TokenCache

START = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Checking:
    """Signs everybody in until `end`, and notes who asked."""

    def __init__(self, end: datetime) -> None:
        self.now = START
        self.end = end
        self.asked: list[str] = []

    def clock(self) -> datetime:
        return self.now

    async def __call__(self, token: str) -> SignedIn:
        self.asked.append(token)
        if token == "bad" or self.now >= self.end:
            raise NotSignedIn("the token has expired")
        return SignedIn(Principal(token, ActorKind.USER, frozenset(), token), self.end)


async def test_a_token_is_checked_once() -> None:
    """And each has its own bearer."""
    checking = Checking(START + 60 * SECOND)
    sign_in = TokenCache(checking, checking.clock)
    bearers = [(await sign_in(token)).principal.id for token in ("one", "two", "one", "two")]
    assert bearers == ["one", "two", "one", "two"]
    assert checking.asked == ["one", "two"]


async def test_a_token_is_not_remembered_past_its_end() -> None:
    """Not by a microsecond."""
    checking = Checking(START + 60 * SECOND)
    sign_in = TokenCache(checking, checking.clock)
    await sign_in("one")
    checking.now = checking.end - timedelta(microseconds=1)
    await sign_in("one")
    assert checking.asked == ["one"]
    checking.now = checking.end
    with pytest.raises(NotSignedIn, match="expired"):
        await sign_in("one")


async def test_a_long_lived_token_is_checked_again() -> None:
    """So that a key which its provider has withdrawn is not believed for days."""
    checking = Checking(START + timedelta(days=30))
    sign_in = TokenCache(checking, checking.clock)
    await sign_in("one")
    checking.now += MAX_CACHE_AGE - SECOND
    await sign_in("one")
    assert checking.asked == ["one"]
    checking.now += SECOND
    await sign_in("one")
    assert checking.asked == ["one", "one"]


async def test_a_clock_that_is_put_back_does_not_lengthen_memory() -> None:
    """Ten minutes would become days: whatever was checked later is checked again."""
    checking = Checking(START + timedelta(days=30))
    sign_in = TokenCache(checking, checking.clock)
    await sign_in("one")
    checking.now -= timedelta(microseconds=1)
    await sign_in("one")
    assert checking.asked == ["one", "one"]
    checking.now += MAX_CACHE_AGE - SECOND
    await sign_in("one")
    assert checking.asked == ["one", "one"]


async def test_a_refusal_is_not_remembered() -> None:
    """A flood of bad tokens pushes no good one out."""
    checking = Checking(START + 60 * SECOND)
    sign_in = TokenCache(checking, checking.clock, most=1)
    await sign_in("one")
    for _ in range(2):
        with pytest.raises(NotSignedIn):
            await sign_in("bad")
    await sign_in("one")
    assert checking.asked == ["one", "bad", "bad"]


async def test_the_least_recently_used_goes_first() -> None:
    """Only so many are remembered."""
    checking = Checking(START + 60 * SECOND)
    sign_in = TokenCache(checking, checking.clock, most=2)
    for token in ("one", "two", "one", "three", "one", "two"):
        await sign_in(token)
    assert checking.asked == ["one", "two", "three", "two"]


async def test_a_token_may_be_any_text() -> None:
    """Even what no token can be: that is for the check to say."""
    checking = Checking(START + 60 * SECOND)
    assert (await TokenCache(checking, checking.clock)("\ud800")).principal.id == "\ud800"
