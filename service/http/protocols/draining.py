"""Reads the discarded rest of requests that were answered before their end.

It is read so that its sender reads the answer, and it may come as fast as a processor copies it. A
server reads all that has come, from all connections, before it does anything else: of sixty bodies
of 8 MiB it would do nothing but read for half a second.
"""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections import deque
from typing import Protocol
from weakref import WeakKeyDictionary

MAX_CONCURRENT_READS = 2
"""Connections that are read from, a piece each (of 256 KiB at most), between two pauses."""
PAUSE = 0.001
"""Seconds for all other work between."""


class Connection(Protocol):
    """A connection from which a piece was read that is discarded."""

    def pause_reading(self) -> None: ...

    def go_on_reading(self) -> None: ...


class Drain:
    """All such connections of one event loop, in turns."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._call_later = loop.call_later
        self._waiting: deque[Connection] = deque()

    def wait(self, connection: Connection) -> None:
        """Reads no more from the connection until it is its turn."""
        connection.pause_reading()
        self._waiting.append(connection)
        if len(self._waiting) == 1:
            self._call_later(PAUSE, self._next)

    def _next(self) -> None:
        for _ in range(min(MAX_CONCURRENT_READS, len(self._waiting))):
            self._waiting.popleft().go_on_reading()
        if self._waiting:
            self._call_later(PAUSE, self._next)


_DRAINS: WeakKeyDictionary[AbstractEventLoop, Drain] = WeakKeyDictionary()


def drain_of(loop: AbstractEventLoop) -> Drain:
    """Returns the loop's only one."""
    drain = _DRAINS.get(loop)
    if drain is None:
        drain = _DRAINS[loop] = Drain(loop)
    return drain
