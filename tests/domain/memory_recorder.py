"""A log in memory: the library's own recorder, with what domain.log.Recorder asks beyond it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from eventsourcing.persistence import IntegrityError

from domain.log import Counts, StoredRow


class MemoryRecorder(InMemoryDCBRecorder):
    """Keeps the log of one test. Safe to share between threads."""

    def __init__(self) -> None:
        super().__init__()
        self._gate = Lock()
        self._lines: dict[str, Lock] = {}

    def append(
        self,
        events: Sequence[DCBEvent],
        condition: DCBAppendCondition | None = None,
        counts: Counts | None = None,
    ) -> int:
        if condition is None or counts is None:
            return super().append(events, condition)
        with self._database_lock:
            found = self.read(condition.fail_if_events_match, after=condition.after)
            if any(counts((f.position, f.event.type, f.event.data, f.event.tags)) for f in found):
                raise IntegrityError
            return super().append(events)

    def tagged(
        self, tags: Sequence[str], own: str, after: int, limit: int
    ) -> tuple[Sequence[StoredRow], int]:
        every = self.read(after=0)
        rows = [(e.position, e.event.type, e.event.data, e.event.tags) for e in every]
        wanted = [row for row in rows if row[0] > after and not {*tags}.isdisjoint(row[3])][:limit]
        mine = [row for row in rows if own in row[3] and row not in wanted]
        return sorted([*wanted, *mine], key=lambda row: row[0]), every.head or 0

    def head(self) -> int:
        return self.events[-1].position if self.events else 0

    def follow(self, after: int, limit: int, max_bytes: int) -> list[StoredRow]:
        rows: list[StoredRow] = []
        for stored in self.read(after=after, limit=limit):
            event = stored.event
            rows.append((stored.position, event.type, event.data, event.tags))
            max_bytes -= len(event.data)
            if max_bytes <= 0:
                break
        return rows

    @contextmanager
    def lock(self, key: str) -> Iterator[None]:
        with self._gate:
            line = self._lines.setdefault(key, Lock())
        with line:
            yield
