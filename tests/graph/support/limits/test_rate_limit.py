"""Leaky buckets: what fits in, and when more does."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.support.limits import rate_limit
from graph.support.limits.rate_limit import LeakyBuckets, RateLimitExceeded

BURST = 100
PER_SECOND = 10


@dataclass
class Time:
    """It passes when it is told to."""

    now: float = 1_000.0

    def __call__(self) -> int:
        return round(self.now * 10**9)


@dataclass
class Reference:
    """A bucket that is kept as its definition has it: it is filled, and leaks second by second."""

    level: int = 0

    def leak(self, seconds: int) -> None:
        for _ in range(seconds):
            self.level = max(self.level - PER_SECOND, 0)

    def take(self, points: int) -> bool:
        fits = self.level == 0 or self.level + points <= BURST
        self.level += points if fits else 0
        return fits


def _takes(buckets: LeakyBuckets, points: int, principal: str = "ann") -> bool:
    try:
        buckets.take(principal, points)
    except RateLimitExceeded:
        return False
    return True


@given(st.lists(st.tuples(st.integers(0, 15), st.integers(1, 130)), max_size=40))
def test_it_is_as_a_bucket_that_leaks(steps: list[tuple[int, int]]) -> None:
    """Whatever is asked for after however many seconds."""
    time, reference = Time(), Reference()
    buckets = LeakyBuckets(BURST, PER_SECOND, time)
    taken, expected = [], []
    for seconds, points in steps:
        time.now += seconds
        reference.leak(seconds)
        taken.append((_takes(buckets, points), buckets.remaining("ann")))
        expected.append((reference.take(points), max(BURST - reference.level, 0)))
    assert taken == expected


def test_who_is_refused_is_told_when_it_fits() -> None:
    """To the moment; asking in vain fills nothing in."""
    time = Time()
    buckets = LeakyBuckets(BURST, PER_SECOND, time)
    buckets.take("ann", BURST)
    for _ in range(3):
        with pytest.raises(RateLimitExceeded) as overflow:
            buckets.take("ann", 25)
        assert overflow.value.retry_after == 2.5
    time.now += 2.5 - 0.001
    assert not _takes(buckets, 25)
    time.now += 0.001
    assert _takes(buckets, 25)


def test_who_asks_for_more_than_it_holds_waits_until_it_is_empty() -> None:
    """They pay for all of it."""
    time = Time()
    buckets = LeakyBuckets(BURST, PER_SECOND, time)
    buckets.take("ann", 1)
    with pytest.raises(RateLimitExceeded) as overflow:
        buckets.take("ann", 3 * BURST)
    assert overflow.value.retry_after == 0.1
    time.now += 1
    assert _takes(buckets, 3 * BURST)
    assert buckets.remaining("ann") == 0
    time.now += 20
    assert not _takes(buckets, 1 + BURST)


def test_each_has_their_own() -> None:
    buckets = LeakyBuckets(BURST, PER_SECOND, Time())
    buckets.take("ann", BURST)
    assert _takes(buckets, BURST, "bo")


def test_without_a_rate_nothing_is_too_much() -> None:
    buckets = LeakyBuckets(BURST, 0, Time())
    assert all(_takes(buckets, 1_000_000) for _ in range(3))
    assert len(buckets) == 0


def test_what_is_remembered_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The empty are forgotten first; and then who will be empty first."""
    monkeypatch.setattr(rate_limit, "MAX_BUCKETS", 3)
    time = Time()
    buckets = LeakyBuckets(BURST, PER_SECOND, time)
    for number in range(3):
        buckets.take(f"early {number}", 10)
    time.now += 1
    buckets.take("ann", 50)
    assert len(buckets) == 1
    for number in range(10):
        buckets.take(f"late {number}", 10)
    assert len(buckets) == 3
    assert buckets.remaining("ann") == BURST - 50
