"""A thread pool of which no principal gets all threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import Any, NamedTuple, ParamSpec, TypeVar

from graph.support.scheduling.fair_queue import FairQueue, Turn, fair_share
from projections.sql.database import ASKED_BY

P = ParamSpec("P")
T = TypeVar("T")


class _Job(NamedTuple):
    future: Future[Any]
    work: Callable[[], Any]


class FairThreadPool(ThreadPoolExecutor):
    """Jobs submitted for one principal, whom `ASKED_BY` names, leave a quarter of the threads to
    others, and wait for no more of theirs than is running: a FairQueue orders them. A job that is
    cancelled before its turn does not run.
    """

    def __init__(self, size: int, name: str, now: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(size, name)
        self._size = size
        self._now = now
        self._guard = Lock()
        self._queue = FairQueue[_Job](fair_share(size))
        self._busy = 0

    def submit(self, work: Callable[P, T], /, *args: P.args, **named: P.kwargs) -> Future[T]:
        """See ThreadPoolExecutor."""
        future: Future[T] = Future()
        with self._guard:
            if self._busy < self._size:
                super().submit(self._work)
                self._busy += 1
            self._queue.put(ASKED_BY.get(), _Job(future, partial(work, *args, **named)))
        return future

    def _work(self) -> None:
        """Runs jobs as long as there is one that this thread may run; the others are left to the
        threads that work for the same principal.
        """
        while (turn := self._next()) is not None:
            began = self._now()
            _run(turn.item)
            with self._guard:
                self._queue.done(turn, self._now() - began)

    def _next(self) -> Turn[_Job] | None:
        with self._guard:
            while (turn := self._queue.next()) is not None:
                if turn.item.future.set_running_or_notify_cancel():
                    return turn
                self._queue.done(turn, 0)
            self._busy -= 1
            return None


def _run(job: _Job) -> None:
    try:
        job.future.set_result(job.work())
    except BaseException as failure:  # noqa: BLE001 - raised where the result is awaited
        job.future.set_exception(failure)
    finally:
        del job  # a failure refers to this frame: it would be kept by itself, with all it was about
