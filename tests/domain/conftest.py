"""What the domain's tests share: a store for the log, and stories on it."""

from __future__ import annotations

import pytest

from domain.log import Recorder
from tests.domain.given import Given
from tests.domain.memory_recorder import MemoryRecorder


@pytest.fixture
def store() -> Recorder:
    """An empty log. A folder whose conftest.py has another one can run the same tests on that."""
    return MemoryRecorder()


@pytest.fixture
def given(store: Recorder) -> Given:
    """Begins a story: `given(events…).when(command).then(events…)`."""
    return Given(store)
