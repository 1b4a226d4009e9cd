"""Files on this machine that hold personal data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

CREATED = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def opened(path: Path) -> BinaryIO:
    """Opens a file for writing, from the beginning. A new file is readable by its owner alone,
    whatever the umask; an existing one keeps its permissions. OSError when it cannot be opened.
    """
    return os.fdopen(os.open(path, CREATED, 0o600), "wb")
