"""How much one principal may follow at a time, in one process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from service.telemetry.metrics import FOLLOWING

MOST_SOCKETS = 50
"""Open connections of one principal."""
MOST_OPERATIONS = 200
"""Operations of one principal that run over them, and as server-sent events."""


class TooMany(Exception):
    """One more than a principal may have."""


class Presence:
    """Who is there, and how often."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def socket(self, principal: str) -> Iterator[None]:
        """While a connection is open. TooMany."""
        with self._one_more(("socket", principal), MOST_SOCKETS):
            yield

    @contextmanager
    def operation(self, principal: str) -> Iterator[None]:
        """While an operation runs. TooMany."""
        with (
            self._one_more(("operation", principal), MOST_OPERATIONS),
            FOLLOWING.track_inprogress(),
        ):
            yield

    @contextmanager
    def _one_more(self, what: tuple[str, str], most: int) -> Iterator[None]:
        if self._counts[what] >= most:
            raise TooMany(f"At most {most} at a time.")
        self._counts[what] += 1
        try:
            yield
        finally:
            self._counts[what] -= 1
            if not self._counts[what]:
                del self._counts[what]
