"""A collection of tests by a process of its own, of which nothing here can be seen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ARGUMENTS = ("-o", "addopts=", "-p", "no:cacheprovider", "--assert=plain", "--collect-only", "-q")
"""Nothing but the list of ids. Not rewriting assertions halves the time that it takes."""


def collecting(
    tests: Path, home: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """What came of it. It knows no environment but that given, and works in its home, a new folder.

    A browser is named, so that it makes no difference whether there is one.
    """
    home.mkdir()
    known = {"PATH": os.environ["PATH"], "HOME": str(home), "SEGMENTS_TEST_BROWSER": "any"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *ARGUMENTS, *arguments, str(tests)],
        check=False,
        cwd=home,
        env=known | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
