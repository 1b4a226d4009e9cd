"""The rate at which a client takes an answer."""

from __future__ import annotations

MAX_LATENESS_S = 30.0
"""Seconds by which a client may be late with an answer: for which it takes none of it, say."""
MIN_BYTES_PER_S = 4 * 1024
"""Bytes of an answer that a client takes in a second, or else it is late."""
MIN_CHECK_INTERVAL_S = 1.0
"""Seconds between two checks."""


class Taking:
    """The seconds by which a client is late. Each second in which data waits for it adds one, and
    the bytes that it took subtract some; so does the time in which nothing waits.
    """

    def __init__(self) -> None:
        self._late = 0.0
        self._longest = MAX_LATENESS_S
        self._took = 0
        self._at = float("-inf")

    def hurries(self, longest: float) -> None:
        """Sets the seconds by which the client may be late from now on."""
        self._late, self._longest = 0.0, longest

    def waits(self, took: int, now: float) -> float:
        """Begins the waiting for a client that took so many bytes in all. Returns the seconds until
        the next check.
        """
        self._note(took, now, -1)
        return self._next()

    def looks(self, took: int, now: float) -> float | None:
        """Checks a client that took so many bytes by now. Returns the seconds until the next check;
        None when it is too late.
        """
        self._note(took, now, 1)
        return None if self._late >= self._longest else self._next()

    def _note(self, took: int, now: float, sign: int) -> None:
        made_up = (took - self._took) / MIN_BYTES_PER_S
        self._late = max(0.0, self._late + sign * (now - self._at) - made_up)
        self._took, self._at = took, now

    def _next(self) -> float:
        return max(MIN_CHECK_INTERVAL_S, self._longest - self._late)
