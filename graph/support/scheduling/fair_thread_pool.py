"""Threads of which nobody gets all."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import Any, NamedTuple, ParamSpec, TypeVar

from graph.support.scheduling.fair_queue import Lines, Turn, share_of
from projections.sql.database import ASKED_BY

P = ParamSpec("P")
T = TypeVar("T")


class _Job(NamedTuple):
    future: Future[Any]
    work: Callable[[], Any]


class SharedThreads(ThreadPoolExecutor):
    """What is submitted for one principal, whom `ASKED_BY` names, leaves a quarter of the threads
    to others, and waits for no more of theirs than is being done: they go by turns (Lines). What
    was cancelled before its turn is not done.
    """

    def __init__(self, size: int, name: str, now: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(size, name)
        self._size = size
        self._now = now
        self._guard = Lock()
        self._lines = Lines[_Job](share_of(size))
        self._busy = 0

    def submit(self, work: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> Future[T]:
        """See ThreadPoolExecutor."""
        future: Future[T] = Future()
        with self._guard:
            if self._busy < self._size:
                super().submit(self._go_on)
                self._busy += 1
            self._lines.join(ASKED_BY.get(), _Job(future, partial(work, *args, **named)))
        return future

    def _go_on(self) -> None:
        """Works for as long as there is anything that this thread may do: what it may not is done
        by those that work for the same principal.
        """
        while (turn := self._next()) is not None:
            began = self._now()
            _do(turn.item)
            with self._guard:
                self._lines.done(turn, self._now() - began)

    def _next(self) -> Turn[_Job] | None:
        with self._guard:
            while (turn := self._lines.next()) is not None:
                if turn.item.future.set_running_or_notify_cancel():
                    return turn
                self._lines.done(turn, 0)
            self._busy -= 1
            return None


def _do(job: _Job) -> None:
    try:
        job.future.set_result(job.work())
    except BaseException as failure:  # noqa: BLE001 - told to who waits for it
        job.future.set_exception(failure)
    finally:
        del job  # a failure refers to this frame: it would be kept by itself, with all it was about
