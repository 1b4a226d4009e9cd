"""Files on this machine that hold what is known of people."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

CREATED = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def opened(path: Path) -> BinaryIO:
    """To write to, from the beginning. A new file is its owner's alone, whatever the umask; one
    that is there keeps who may read it. OSError when it cannot be.
    """
    return os.fdopen(os.open(path, CREATED, 0o600), "wb")
