"""Limits on the subscriptions of one principal, in one process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from service.telemetry.metrics import FOLLOWING

MAX_SOCKETS = 50
"""Open connections of one principal."""
MAX_OPERATIONS = 200
"""Operations of one principal that run over these connections, and as server-sent events."""


class TooMany(Exception):
    """Raised for one more than a principal may have."""


class ConnectionLimits:
    """Counts the connections and operations of each principal."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def socket(self, principal: str) -> Iterator[None]:
        """Counts a connection while it is open. TooMany."""
        with self._one_more(("socket", principal), MAX_SOCKETS):
            yield

    @contextmanager
    def operation(self, principal: str, size: int = 0, most: int = 0) -> Iterator[None]:
        """Counts an operation of `size` bytes, of which there may be `most`, while it runs.
        TooMany. Its bytes are in memory, though it waits for its turn.
        """
        with (
            self._one_more(("operation", principal), MAX_OPERATIONS),
            self._more(("bytes of operation", principal), size, most),
            FOLLOWING.track_inprogress(),
        ):
            yield

    def _one_more(self, what: tuple[str, str], most: int) -> AbstractContextManager[None]:
        return self._more(what, 1, most)

    @contextmanager
    def _more(self, what: tuple[str, str], count: int, most: int) -> Iterator[None]:
        if count and self._counts[what] + count > most:
            raise TooMany(f"At most {most:,} {what[0]}s at a time.")
        self._counts[what] += count
        try:
            yield
        finally:
            self._counts[what] -= count
            if not self._counts[what]:
                del self._counts[what]
