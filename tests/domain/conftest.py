"""What the domain's tests share: a store for the log, and stories on it."""

from __future__ import annotations

import pytest
from hypothesis import settings

from domain.log import Recorder
from tests.domain.given import Given
from tests.domain.memory_recorder import MemoryRecorder

# The same examples each time: a red build is then about the change at hand. Look further with
# `pytest --hypothesis-profile=default`.
settings.register_profile("short", max_examples=60, deadline=None, derandomize=True, database=None)
settings.load_profile("short")


@pytest.fixture
def store() -> Recorder:
    """An empty log. A folder whose conftest.py has another one can run the same tests on that."""
    return MemoryRecorder()


@pytest.fixture
def given(store: Recorder) -> Given:
    """Begins a story: `given(facts…).when(command).then(facts…)`."""
    return Given(store)
