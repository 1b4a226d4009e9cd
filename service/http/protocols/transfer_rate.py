"""How fast a peer takes what it asked for."""

from __future__ import annotations

MAX_LATENESS_S = 30.0
"""Seconds by which a peer may be late with an answer: for which it takes none of it, say."""
MIN_BYTES_PER_S = 4 * 1024
"""Bytes of an answer that a peer takes in a second, or else it is late."""
MIN_CHECK_INTERVAL_S = 1.0
"""Seconds between two looks."""


class Taking:
    """By how many seconds a peer is late. Each second in which something waits for it adds one, and
    what it took takes some off; so does the time in which nothing waits.
    """

    def __init__(self) -> None:
        self._late = 0.0
        self._longest = MAX_LATENESS_S
        self._took = 0
        self._at = float("-inf")

    def hurries(self, longest: float) -> None:
        """From now on the peer may be late by no more seconds than that."""
        self._late, self._longest = 0.0, longest

    def waits(self, took: int, now: float) -> float:
        """From now on something waits, of a peer who took so many bytes in all. In how many seconds
        to look.
        """
        self._note(took, now, -1)
        return self._next()

    def looks(self, took: int, now: float) -> float | None:
        """It took so many bytes by now. In how many seconds to look again; None when it is over."""
        self._note(took, now, 1)
        return None if self._late >= self._longest else self._next()

    def _note(self, took: int, now: float, sign: int) -> None:
        made_up = (took - self._took) / MIN_BYTES_PER_S
        self._late = max(0.0, self._late + sign * (now - self._at) - made_up)
        self._took, self._at = took, now

    def _next(self) -> float:
        return max(MIN_CHECK_INTERVAL_S, self._longest - self._late)
