"""The garbage collector of a process that serves: everybody waits while it collects."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from service.memory import settle

MOST_NEW = 5_000
"""Objects that are taken, or looked through, in one go: 4 ms."""
MOST_MIDDLING = 50_000


@pytest.fixture
def thresholds() -> Iterator[None]:
    """As they were, afterwards."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("thresholds")
def test_collections_are_short() -> None:
    """One of 50,000 objects held the interpreter for 40 ms."""
    settle()
    new, middling, _ = gc.get_threshold()
    assert 0 < new <= MOST_NEW
    assert new * middling <= MOST_MIDDLING
