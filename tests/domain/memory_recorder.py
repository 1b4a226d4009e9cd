"""A log in memory: the library's own recorder, with what domain.log.Recorder asks beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from eventsourcing.dcb.popo import InMemoryDCBRecorder


class MemoryRecorder(InMemoryDCBRecorder):
    """Keeps the log of one test. Safe to share between threads."""

    def __init__(self) -> None:
        super().__init__()
        self._gate = Lock()
        self._lines: dict[str, Lock] = {}

    def head(self) -> int:
        return self.events[-1].position if self.events else 0

    @contextmanager
    def serialised(self, key: str) -> Iterator[None]:
        with self._gate:
            line = self._lines.setdefault(key, Lock())
        with line:
            yield
