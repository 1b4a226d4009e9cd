"""The promise to a client: its queries are answered by no server that is behind a position.

Each query goes to a connection of its own, and where several servers answer, also one after the
other, one of them may not have what another has shown. An operation that was told of a position, by
`minPosition`, by a time, or by its own command, is promised it from then on; the connection pool
checks it (service/database/following_pool.py). Tasks that are begun within an operation share its
promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class _Promise:
    position = 0


_promise: ContextVar[_Promise | None] = ContextVar("promise", default=None)


def promise(position: int) -> None:
    """Promises a position from now on, in this task and all others of its operation."""
    kept = _promise.get()
    if kept is None:
        kept = _Promise()
        _promise.set(kept)
    kept.position = max(kept.position, position)


def promised() -> int:
    """Returns the promised position, 0 when nothing was promised."""
    kept = _promise.get()
    return 0 if kept is None else kept.position


@contextmanager
def operation() -> Iterator[None]:
    """Keeps the promises made within the block from everybody else."""
    token = _promise.set(_Promise())
    try:
        yield
    finally:
        _promise.reset(token)
