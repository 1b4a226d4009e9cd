"""Rate limit: a leaky bucket for each principal, in each process.

Points that are taken fill it, and it leaks: whoever has not asked for long may take `burst` points
at once, and `per_second` points a second from then on.
"""

from __future__ import annotations

import time
from collections.abc import Callable

MAX_BUCKETS = 10_000
"""Buckets that are stored, some 200 bytes each. An empty one is not."""


POINT = 10**9


class RateLimitExceeded(Exception):
    """The points do not fit into the bucket; they do after `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class LeakyBuckets:
    """A leaky bucket for each principal. With `per_second` 0 there is no limit."""

    def __init__(
        self, burst: int, per_second: int, now: Callable[[], int] = time.monotonic_ns
    ) -> None:
        self.burst = burst
        self.per_second = per_second
        self._now = now
        self._empty_at: dict[str, int] = {}
        """The time at which each bucket will be empty, in nanoseconds times `per_second`: a point
        leaks in POINT of these, whatever the rate.
        """

    @property
    def is_off(self) -> bool:
        """Whether there is no limit."""
        return self.per_second == 0

    def take(self, principal: str, points: int) -> None:
        """Fills in the points, or raises Overflow and fills in none. Who asks for more than a
        bucket holds waits until theirs is empty.
        """
        if self.is_off or points == 0:
            return
        now = self._now() * self.per_second
        level = self._level(principal, now)
        filled = level + points * POINT
        if level and filled > self.burst * POINT:
            over = min(filled - self.burst * POINT, level)
            raise RateLimitExceeded(over / (POINT * self.per_second))
        self._empty_at[principal] = now + filled
        if len(self._empty_at) > MAX_BUCKETS:
            self._forget(now)

    def remaining(self, principal: str) -> int:
        """The number of whole points that fit in now."""
        level = self._level(principal, self._now() * self.per_second)
        return max((self.burst * POINT - level) // POINT, 0)

    def __len__(self) -> int:
        """Principals that are remembered."""
        return len(self._empty_at)

    def _level(self, principal: str, now: int) -> int:
        return max(self._empty_at.get(principal, now) - now, 0)

    def _forget(self, now: int) -> None:
        """The empty ones; and if there are none, the one that is soonest."""
        self._empty_at = {who: at for who, at in self._empty_at.items() if at > now}
        if len(self._empty_at) > MAX_BUCKETS:
            del self._empty_at[min(self._empty_at, key=self._empty_at.__getitem__)]
