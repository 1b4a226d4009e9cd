"""A site is left in order, and at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from projections.engine import projector
from service.settings import Settings
from service.site import open_site
from tests.graph.client import GraphClient

WORKERS = {"Projector", "TreeFollower"}


def at_work() -> set[str]:
    """The names of the threads that follow the log."""
    return {thread.name for thread in threading.enumerate()} & WORKERS


async def test_who_waits_for_events_is_woken_to_stop(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However seldom they look by themselves: a process that is told to stop does not wait."""
    monkeypatch.setattr(projector, "SLOW_POLL", 3600.0)
    settings = Settings(data_dir=tmp_path, command_threads=2, read_pool=4)
    async with open_site(settings, database_url) as site:
        await GraphClient(site).create("Sales")  # so that both have begun to follow
        assert at_work() == WORKERS
    assert at_work() == set()
