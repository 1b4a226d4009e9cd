"""From `segments serve` to ready."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.support.report import Measurement
from bench.support.site import serving

ROUNDS = 3


def run() -> list[Measurement]:
    """Start to ready with a database of its own, which each stop has stopped; the best of three."""
    with tempfile.TemporaryDirectory(prefix="segments-bench-") as folder:
        data_dir = Path(folder) / "data"
        first = _seconds(data_dir)
        later = min(_seconds(data_dir) for _ in range(ROUNDS))
    return [
        Measurement("start to ready, new data directory", first, "s"),
        Measurement("start to ready, existing one", later, "s", "target", 3.0, less_is_better=True),
    ]


def _seconds(data_dir: Path) -> float:
    began = time.perf_counter()
    with serving(None, data_dir):
        return time.perf_counter() - began
