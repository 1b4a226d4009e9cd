"""A store to which things happen: rivals that are faster, connections that are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBReadResponse
from eventsourcing.persistence import OperationalError

from domain.log import Counts, Recorder, StoredRow

Happening = Callable[[], object]


class FaultyStore:
    """Passes everything on to another store, after the next happening planned for such a call."""

    def __init__(self, store: Recorder) -> None:
        self._store = store
        self._plans: dict[str, Iterator[Happening]] = {}
        self.calls: list[str] = []
        self.lines: list[str] = []

    def plan(self, call: str, happenings: Iterable[Happening]) -> None:
        """What happens at the next calls: before a "read", "append" or "line", or "after append".

        What happened before the plan is forgotten.
        """
        self._plans[call] = iter(happenings)
        self.calls.clear()

    def read(
        self, query: DCBQuery | None = None, *, after: int | None = None, limit: int | None = None
    ) -> DCBReadResponse:
        self._happen("read")
        return self._store.read(query, after=after, limit=limit)

    def tagged(
        self, tags: Sequence[str], own: str, after: int, limit: int
    ) -> tuple[Sequence[StoredRow], int]:
        self._happen("read")
        return self._store.tagged(tags, own, after, limit)

    def append(
        self,
        events: Sequence[DCBEvent],
        condition: DCBAppendCondition | None = None,
        counts: Counts | None = None,
    ) -> int:
        self._happen("append")
        position = self._store.append(events, condition, counts)
        self._happen("after append")
        return position

    def follow(self, after: int, limit: int, max_bytes: int) -> Sequence[StoredRow]:
        self._happen("read")
        return self._store.follow(after, limit, max_bytes)

    def head(self) -> int:
        return self._store.head()

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        self._happen("line")
        self.lines.append(key)
        with self._store.lock(key):
            yield

    def _happen(self, call: str) -> None:
        self.calls.append(call)
        next(self._plans.get(call, iter(())), _nothing)()


def lost() -> None:
    """The connection breaks."""
    raise OperationalError("server closed the connection unexpectedly")


def _nothing() -> None:
    pass
