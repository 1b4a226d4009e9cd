"""What is not asynchronous is done in threads of which nobody gets all."""

from __future__ import annotations

import asyncio
import threading
from contextvars import copy_context

import pytest
from anyio.to_thread import current_default_thread_limiter
from starlette.concurrency import run_in_threadpool

from projections.sql.database import ASKED_BY
from service.http.app import FILE_THREADS, OTHER_THREADS
from tests.until import until

TIMEOUT_S = 20.0
"""Seconds for which anything is waited for."""


@pytest.mark.usefixtures("app")
async def test_one_principals_work_leaves_threads_to_others() -> None:
    """Whatever hands it over."""
    end = threading.Event()
    context = copy_context()
    context.run(ASKED_BY.set, "ann")
    theirs = [
        asyncio.create_task(asyncio.to_thread(end.wait, TIMEOUT_S), context=context)
        for _ in range(2 * OTHER_THREADS)
    ]
    await asyncio.sleep(0)
    try:
        assert await asyncio.wait_for(asyncio.to_thread(lambda: "done"), TIMEOUT_S / 2) == "done"
    finally:
        end.set()
    assert await asyncio.gather(*theirs) == [True] * len(theirs)


@pytest.mark.usefixtures("app")
async def test_few_files_are_read_at_once() -> None:
    """Whoever asks for how many: each thread takes a turn of the event loop's."""
    end = threading.Event()
    asked = range(3 * FILE_THREADS)
    reading = [asyncio.create_task(run_in_threadpool(end.wait, TIMEOUT_S)) for _ in asked]
    limiter = current_default_thread_limiter()
    try:
        assert await until(lambda: limiter.statistics().tasks_waiting == 2 * FILE_THREADS)
        assert limiter.borrowed_tokens == FILE_THREADS
    finally:
        end.set()
    assert await asyncio.gather(*reading) == [True] * len(asked)
