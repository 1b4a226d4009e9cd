"""What nobody wants is read in turns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from unittest.mock import Mock

import pytest

from service.http.protocols.draining import MAX_CONCURRENT_READS, Drain, drain_of


class Connection:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.pauses = 0
        self.goes_on = 0

    def pause_reading(self) -> None:
        """Told when it has to wait."""
        self.pauses += 1

    def go_on_reading(self) -> None:
        """Told when it is its turn."""
        self.goes_on += 1


@pytest.fixture
def timers() -> list[Callable[[], None]]:
    """What is to be called later."""
    return []


@pytest.fixture
def drain(timers: list[Callable[[], None]]) -> Drain:
    """Of a loop whose time is the test's."""
    loop = Mock(call_later=lambda _, call: timers.append(call))
    return Drain(loop)


def test_few_are_read_from_at_once(drain: Drain, timers: list[Callable[[], None]]) -> None:
    """However many have sent something, and who came first is first."""
    connections = [Connection() for _ in range(MAX_CONCURRENT_READS * 2 + 1)]
    for connection in connections:
        drain.wait(connection)
    assert [one.pauses for one in connections] == [1] * len(connections)
    gone_on = []
    while timers:
        timers.pop()()
        gone_on.append([one.goes_on for one in connections])
    assert gone_on == [[1, 1, 0, 0, 0], [1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]


def test_who_sends_more_waits_again(drain: Drain, timers: list[Callable[[], None]]) -> None:
    """Behind all others."""
    first, *others = [Connection() for _ in range(MAX_CONCURRENT_READS + 1)]
    for connection in (first, *others):
        drain.wait(connection)
    timers.pop()()
    drain.wait(first)
    timers.pop()()
    assert (first.goes_on, others[-1].goes_on) == (2, 1)
    assert timers == []


async def test_a_loop_has_one_drain() -> None:
    """For all its connections."""
    loop = asyncio.get_running_loop()
    assert drain_of(loop) is drain_of(loop)
