"""`make run` as a newcomer types it: a fresh copy of the tree, nothing cached."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.support.report import Measurement
from bench.support.site import free_port, until_ready

ROOT = Path(__file__).parent.parent
TIMEOUT_S = 600.0


def run() -> list[Measurement]:
    """`git clone`, then `make run` with an empty package cache, until it is ready."""
    with tempfile.TemporaryDirectory(prefix="segments-fresh-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True)
        first = _seconds(tree)
        second = _seconds(tree)
    return [
        Measurement(
            "make run, fresh clone, empty cache", first, "s", "target", 180, less_is_better=True
        ),
        Measurement("make run, again", second, "s"),
    ]


def _seconds(tree: Path) -> float:
    port = free_port()
    environment = {**os.environ, "PIP_NO_CACHE_DIR": "1", "SEGMENTS_PORT": str(port)}
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"],
        cwd=tree,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_ready(f"http://127.0.0.1:{port}", TIMEOUT_S)
        return time.perf_counter() - began
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
