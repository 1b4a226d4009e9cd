"""The files that are code, by their paths in the repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.docs.pages import REPOSITORY

PRODUCTION = ("domain", "projections", "graph", "service", "verifier", "web/src")
FOLDERS = (*PRODUCTION, "bench", "tests", "web/tests")


def sources(folders: tuple[str, ...] = FOLDERS) -> Iterator[Path]:
    """Python and TypeScript, in the order of their paths."""
    for folder in folders:
        for path in sorted((REPOSITORY / folder).rglob("*.[pt]*")):
            if path.suffix in {".py", ".ts", ".tsx"}:
                yield path.relative_to(REPOSITORY)
