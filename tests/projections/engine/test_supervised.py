"""Work that begins again after any failure, until it is stopped."""

from __future__ import annotations

import threading

import pytest

from projections.engine import supervised
from projections.engine.supervised import run_supervised


@pytest.fixture(autouse=True)
def shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that nobody waits for."""
    monkeypatch.setattr(supervised, "FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr(supervised, "MAX_PAUSE_S", 0.004)


def test_it_pauses_twice_as_long_after_each_failure() -> None:
    """Up to a bound, and from the first pause again once the work has returned by itself."""
    stop, pauses = threading.Event(), list[float]()
    failures = [True] * 4 + [False] + [True]

    def work(stop: threading.Event) -> None:
        if not failures:
            stop.set()
        elif failures.pop(0):
            raise OSError("away")

    run_supervised(stop, work, lambda _, pause: pauses.append(pause))
    assert pauses == [0.001, 0.002, 0.004, 0.004, 0.001]


def test_it_is_told_what_failed() -> None:
    """Whatever it was."""
    stop, failure = threading.Event(), LookupError("gone")
    told: list[Exception] = []

    def work(stop: threading.Event) -> None:
        stop.set()
        raise failure

    run_supervised(stop, work, lambda failure, _: told.append(failure))
    assert told == [failure]


def test_once_stopped_it_does_not_begin() -> None:
    """Nor does it fail."""
    stop, begun = threading.Event(), list[threading.Event]()
    stop.set()
    run_supervised(stop, begun.append, lambda *_: None)
    assert begun == []
