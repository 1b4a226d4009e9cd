"""Telling what is done, a line a step."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def tell(line: str) -> None:
    """On standard output, at once."""
    sys.stdout.write(f"image: {line}\n")
    sys.stdout.flush()


@contextmanager
def step(name: str) -> Iterator[list[str]]:
    """Tells the step when it is done, with its seconds and what was added to the list."""
    begun = time.monotonic()
    details: list[str] = []
    yield details
    tell(": ".join([name, *filter(None, [", ".join(details)])]) + f" ({_seconds(begun)})")


def _seconds(begun: float) -> str:
    return f"{time.monotonic() - begun:.1f} s"
