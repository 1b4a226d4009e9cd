"""Threads that principals take by turns."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextvars import copy_context

import pytest

from graph.support.scheduling.fair_thread_pool import FairThreadPool
from projections.sql.database import ASKED_BY

TIMEOUT_S = 20.0
"""Seconds for which anything is waited for."""


class Work:
    """Pieces of work that take until they are told to end, and who began them."""

    def __init__(self) -> None:
        self.begun: list[str | None] = []
        self.end = threading.Event()
        self._more = threading.Semaphore(0)

    def do(self, name: str | None) -> str | None:
        """A piece."""
        self.begun.append(name)
        self._more.release()
        assert self.end.wait(TIMEOUT_S)
        return name

    def until(self, many: int) -> None:
        """Returns once so many more have begun."""
        for _ in range(many):
            assert self._more.acquire(timeout=TIMEOUT_S)


@pytest.fixture
def work() -> Iterator[Work]:
    """Which ends with the test."""
    work = Work()
    yield work
    work.end.set()


Submit = Callable[[FairThreadPool, str | None, int], list[Future[str | None]]]


@pytest.fixture
def submit(work: Work) -> Submit:
    """Submits work for a principal, so often."""

    def submitted(
        threads: FairThreadPool, principal: str | None, times: int
    ) -> list[Future[str | None]]:
        context = copy_context()
        context.run(ASKED_BY.set, principal)
        return [context.run(threads.submit, work.do, principal) for _ in range(times)]

    return submitted


def test_who_comes_after_a_flood_is_next(work: Work, submit: Submit) -> None:
    """With one thread: behind what is being done, and nothing else."""
    with FairThreadPool(1, "test", now=lambda: 0.0) as threads:
        submit(threads, "ann", 50)
        work.until(1)
        submit(threads, "bo", 2)
        submit(threads, None, 1)
        work.end.set()
    assert work.begun[:6] == ["ann", "ann", "bo", None, "ann", "bo"]
    assert work.begun[6:] == ["ann"] * 47


def test_a_thread_is_left_to_others(work: Work, submit: Submit) -> None:
    """All that was submitted is done in the end."""
    with FairThreadPool(4, "test") as threads:
        asked = submit(threads, "ann", 10)
        work.until(3)
        submit(threads, "bo", 1)
        work.until(1)
        assert work.begun == ["ann", "ann", "ann", "bo"]
        work.end.set()
        assert [one.result(TIMEOUT_S) for one in asked] == ["ann"] * 10
    assert sorted(map(str, work.begun)) == ["ann"] * 10 + ["bo"]


async def test_what_is_not_wanted_any_more_is_not_done(work: Work) -> None:
    """Nor is what comes after it late."""
    loop = asyncio.get_running_loop()
    with FairThreadPool(1, "test") as threads:
        first = loop.run_in_executor(threads, work.do, "first")
        await asyncio.to_thread(work.until, 1)
        gone = [loop.run_in_executor(threads, work.do, "gone") for _ in range(3)]
        last = loop.run_in_executor(threads, work.do, "last")
        for one in gone:
            one.cancel()
        await asyncio.sleep(0)
        work.end.set()
        assert [await first, await last] == ["first", "last"]
    assert work.begun == ["first", "last"]


def test_a_failure_is_told_and_others_are_done() -> None:
    with FairThreadPool(1, "test") as threads:
        failing = threads.submit(int, "no number")
        assert threads.submit(int, "7").result(TIMEOUT_S) == 7
        with pytest.raises(ValueError, match="no number"):
            failing.result(TIMEOUT_S)


def test_nothing_is_taken_after_the_end() -> None:
    threads = FairThreadPool(1, "test")
    threads.shutdown()
    with pytest.raises(RuntimeError, match="after shutdown"):
        threads.submit(int)
