"""The Node that runs JavaScript in tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TIMEOUT_S = 120.0
"""Seconds for one script, on a machine with much else to do; one is usual."""


def node() -> str:
    """The Node that `make setup` used: its own in .venv where the machine's was missing or old."""
    found = shutil.which("node", path=sysconfig.get_path("scripts")) or shutil.which("node")
    assert found is not None, "no Node was found: `make setup` gets one"
    return found


def printed(*words: str, within: Path, environment: Mapping[str, str]) -> str:
    """What a program prints; an AssertionError with what it complains of, when it fails."""
    done = subprocess.run(
        words,
        cwd=within,
        env={**environment, "PATH": f"{Path(node()).parent}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def lines_of(text: str) -> list[dict[str, Any]]:
    """Each line of JSON."""
    return [json.loads(line) for line in text.splitlines()]
