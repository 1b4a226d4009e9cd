"""Looking after a server."""

from __future__ import annotations

import pytest

from service.database.postgres.binaries import EmbeddedServerFailed
from service.database.postgres.watch import watch


def test_it_looks_again_later_each_time_it_fails(caplog: pytest.LogCaptureFixture) -> None:
    """Up to half a minute; once all is well, every second."""
    failures: list[Exception | None] = [
        *[EmbeddedServerFailed("no memory")] * 3,
        *[OSError("disk full")] * 2,
        ValueError("no number of a process"),
        None,
    ]
    pauses: list[float] = []

    def look() -> None:
        if (failure := failures[len(pauses) - 1]) is not None:
            raise failure

    def wait(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) > len(failures)

    watch(look, wait)
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 1]
    assert caplog.text.count("cannot be started") == 6
