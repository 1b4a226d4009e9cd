"""The interpreter of a process that serves: what everybody waits for while it is taken."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from service.interpreter import tune

MAX_NEW = 5_000
"""Objects that are taken, or looked through, in one go: 4 ms."""
MAX_MIDDLING = 50_000


@pytest.fixture
def as_before() -> Iterator[None]:
    """As they were, afterwards."""
    before, interval = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.set_threshold(*before)
    sys.setswitchinterval(interval)
    gc.unfreeze()


@pytest.mark.usefixtures("as_before")
def test_collections_are_short() -> None:
    """One of 50,000 objects held the interpreter for 40 ms."""
    tune()
    new, middling, _ = gc.get_threshold()
    assert 0 < new <= MAX_NEW
    assert new * middling <= MAX_MIDDLING


@pytest.mark.usefixtures("as_before")
def test_no_thread_keeps_it_for_long() -> None:
    """An answer takes it a hundred times, each time from a thread that reads a file beside it."""
    tune()
    assert sys.getswitchinterval() <= 0.0001
