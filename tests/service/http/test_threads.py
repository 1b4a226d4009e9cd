"""What is not asynchronous is done in threads of which nobody gets all."""

from __future__ import annotations

import asyncio
import threading
from contextvars import copy_context

import pytest

from projections.engine.questions import ASKED_BY
from service.http.app import OTHER_THREADS

LONGEST = 20.0
"""Seconds for which anything is waited for."""


@pytest.mark.usefixtures("app")
async def test_one_principals_work_leaves_threads_to_others() -> None:
    """Whatever hands it over."""
    end = threading.Event()
    context = copy_context()
    context.run(ASKED_BY.set, "ann")
    theirs = [
        asyncio.create_task(asyncio.to_thread(end.wait, LONGEST), context=context)
        for _ in range(2 * OTHER_THREADS)
    ]
    await asyncio.sleep(0)
    try:
        assert await asyncio.wait_for(asyncio.to_thread(lambda: "done"), LONGEST / 2) == "done"
    finally:
        end.set()
    assert await asyncio.gather(*theirs) == [True] * len(theirs)
