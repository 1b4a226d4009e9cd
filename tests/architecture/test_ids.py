"""Every process that collects the tests finds the same ids, in the same order."""

from __future__ import annotations

import re
import time
from pathlib import Path

from tests.architecture.collecting import collecting
from tests.forms import only_long

TESTS = Path(__file__).parents[1]
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


def ids(home: Path, **environment: str) -> list[str]:
    """Those of the whole suite, as one process collects them."""
    collected = collecting(TESTS, home, **environment)
    assert collected.returncode == 0, collected.stdout[-10_000:] + collected.stderr
    return [line for line in collected.stdout.splitlines() if "::" in line]


@only_long
def test_two_processes_collect_the_same_tests(tmp_path: Path) -> None:
    """Whatever the time, the order of hashes and the environment: pytest-xdist relies on it."""
    began = time.monotonic()
    one = ids(tmp_path / "one", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    assert time.monotonic() - began > 1  # so that the other sees another second
    other = ids(
        tmp_path / "other",
        PYTHONHASHSEED="2",
        TZ="Asia/Kathmandu",
        LC_ALL="C",
        LANG="de_DE.UTF-8",
        COLUMNS="40",
        USER="somebody",
        SEGMENTS_PORT="9000",
        SEGMENTS_DATABASE_URL="postgresql://elsewhere/segments",
    )
    assert len(one) > 3_000
    assert sorted({*one} ^ {*other}) == []
    assert [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]] == []
    assert [name for name in one if ADDRESS.search(name)] == []
