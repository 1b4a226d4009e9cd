"""The architecture page names every folder, so that it cannot drift from the tree."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.pages import REPOSITORY, text_of

PYTHON = ("domain", "projections", "graph", "service", "verifier")
FLAT = ("web/src", "tests", "bench", "deploy", "docs")
"""Named with the folders directly within."""

_LEFT_OUT = re.compile(r"__pycache__|^bench/results$")
"""Caches, and results that are not committed."""

PAGE = text_of("docs/explanation/architecture.md")
NAMED = re.findall(r"^\| `([\w./-]+)/` \|", PAGE.split("## Every folder")[1], re.MULTILINE)


def packages(folder: str) -> set[Path]:
    """Every package of a layer, at any depth."""
    return {path.parent for path in (REPOSITORY / folder).rglob("__init__.py")}


def folders() -> set[str]:
    """Every folder that has to be named."""
    layers = set().union(*map(packages, PYTHON))
    inner = {path for folder in FLAT for path in (REPOSITORY / folder).iterdir() if path.is_dir()}
    names = {path.relative_to(REPOSITORY).as_posix() for path in layers | inner}
    return {name for name in names if not _LEFT_OUT.search(name)}


def test_every_folder_is_named() -> None:
    """With a line that says what is in it."""
    assert len(NAMED) > len(PYTHON)
    assert folders() - set(NAMED) == set()


def test_folders_that_are_named_exist_and_are_named_once() -> None:
    """A folder that was moved or removed takes its line along."""
    assert [name for name in NAMED if not (REPOSITORY / name).is_dir()] == []
    assert len(NAMED) == len(set(NAMED))
